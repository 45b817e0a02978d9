import type { IDataObject } from 'n8n-workflow';

import { isDestructive } from '../../../credentials/accessPolicy';
import { columnsOf } from '../engine/input/table';
import { fieldsByLocation, isWrite, methodOf, pathOf, wireName } from '../engine/operation';
import type { Field, Mapping, ParameterLocation, Resource } from '../engine/operation';

/** Describes the endpoints of Clerk's API from the registry of operations. */

/** Whether the endpoint always destroys something: by its route, or by what its dry run always counts. */
const destroysSomething = (mapping: Mapping): boolean =>
	isDestructive(methodOf(mapping), pathOf(mapping)) ||
	(mapping.destroys ?? []).some(({ appliesTo: by }) => !by);

export const summaryOf = ({ value: resource }: Resource, mapping: Mapping): IDataObject => ({
	resource,
	operation: mapping.value,
	name: mapping.action,
	description: mapping.description,
	method: methodOf(mapping),
	path: pathOf(mapping),
	writes: isWrite(mapping),
	destroys: destroysSomething(mapping),
	list: mapping.returns.kind === 'list',
	deprecated: mapping.name.endsWith('(Deprecated)'),
});

export const detailsOf = (resource: Resource, mapping: Mapping): IDataObject => ({
	...summaryOf(resource, mapping),
	body: mapping.body ? (mapping.batch && !mapping.batch.list ? 'array' : 'object') : 'none',
	fields: [
		...fieldsByLocation(mapping).flatMap(([location, fields]) =>
			fields
				.filter((field) => !isSplitOff(mapping, field))
				.map((field) => describeField(location, field, wireName(field) === mapping.batch?.list)),
		),
		...pagingFields(mapping),
	],
	omittedFields: mapping.omitted ?? {},
});

/** Whether an update sends the field in a request to another endpoint. */
function isSplitOff(mapping: Mapping, field: Field): boolean {
	const path = pathOf(mapping);
	const request = { method: methodOf(mapping), path, body: { [wireName(field)]: null } };
	return mapping.split !== undefined && mapping.split(request, {})[0].path !== path;
}

const pagingFields = ({ returns }: Mapping): IDataObject[] =>
	returns.kind === 'one' || returns.paging.whole
		? []
		: [
				{
					name: 'limit',
					in: 'query',
					type: 'number',
					required: false,
					description: `How many records to return: 1 to ${returns.paging.pageSize}`,
				},
				{
					name: 'offset',
					in: 'query',
					type: 'number',
					required: false,
					description: 'How many records to skip',
				},
			];

/** @param isListed - whether the form has one entry where the API takes a list */
function describeField(location: ParameterLocation, field: Field, isListed = false): IDataObject {
	const choices = (field.options ?? []).flatMap((option) =>
		'value' in option ? [option.value] : [],
	);
	const cells = field.encode === 'map' ? [] : columnsOf(field);
	return {
		name: wireName(field),
		in: location,
		type: isListed ? 'array' : jsonTypeOf(field),
		required: field.required === true,
		description: descriptionOf(field),
		...(choices.length > 0 && { values: choices }),
		...(cells.length > 0 && { columns: cells.map((cell) => describeField(location, cell)) }),
	};
}

/** A locator's own description lists the modes of the form; an endpoint takes only the ID. */
const descriptionOf = ({ description = '', locator }: Field): string =>
	locator && description === (locator.description ?? '')
		? `The ID of the ${locator.noun}`
		: description;

/** Returns the type of the field's value in JSON. */
function jsonTypeOf({ type, encode, file }: Field): string {
	if (file) return 'file';
	if (encode === 'map') return 'object';
	if (encode === 'list' || type === 'multiOptions' || type === 'fixedCollection') return 'array';
	if (type === 'dateTime') return encode === 'isoDate' ? 'ISO 8601 date' : 'Unix milliseconds';
	if (type === 'json') return encode === 'object' ? 'object' : 'any';
	return type === 'number' || type === 'boolean' ? type : 'string';
}
