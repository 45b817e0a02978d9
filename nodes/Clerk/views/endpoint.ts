import type { IDataObject } from 'n8n-workflow';

import { isDestructive } from '../../../credentials/accessPolicy';
import { columnsOf } from '../engine/input/table';
import { fieldsByLocation, isWrite, methodOf, pathOf, wireName } from '../engine/operation';
import type { Field, Mapping, ParameterLocation, Resource } from '../engine/operation';

/** What the registry says of an endpoint, for people who think in endpoints. */

/** By what it is, or by what its dry run counts whatever it is given. */
const destroysSomething = (mapping: Mapping): boolean =>
	isDestructive(methodOf(mapping), pathOf(mapping)) ||
	(mapping.destroys ?? []).some(({ by }) => !by);

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
		...fieldsByLocation(mapping).flatMap(([place, fields]) =>
			fields
				.filter((field) => !goesElsewhere(mapping, field))
				.map((field) => fieldOf(place, field, wireName(field) === mapping.batch?.list)),
		),
		...pagingFields(mapping),
	],
	omittedFields: mapping.omitted ?? {},
});

/** What an update splits off into another request is no field of this endpoint. */
function goesElsewhere(mapping: Mapping, field: Field): boolean {
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
					description: `How many records an answer has: 1 to ${returns.paging.pageSize}`,
				},
				{
					name: 'offset',
					in: 'query',
					type: 'number',
					required: false,
					description: 'How many records to skip',
				},
			];

/** @param isListed - the form holds one entry of what the API takes a list of */
function fieldOf(place: ParameterLocation, field: Field, isListed = false): IDataObject {
	const choices = (field.options ?? []).flatMap((option) =>
		'value' in option ? [option.value] : [],
	);
	const cells = field.encode === 'map' ? [] : columnsOf(field);
	return {
		name: wireName(field),
		in: place,
		type: isListed ? 'array' : typeOf(field),
		required: field.required === true,
		description: describedIn(field),
		...(choices.length > 0 && { values: choices }),
		...(cells.length > 0 && { columns: cells.map((cell) => fieldOf(place, cell)) }),
	};
}

/** What a locator says of itself are the form's ways to name a record; an endpoint takes the ID. */
const describedIn = ({ description = '', locator }: Field): string =>
	locator && description === (locator.description ?? '')
		? `The ID of the ${locator.noun}`
		: description;

/** As JSON has it. */
function typeOf({ type, encode, file }: Field): string {
	if (file) return 'file';
	if (encode === 'map') return 'object';
	if (encode === 'list' || type === 'multiOptions' || type === 'fixedCollection') return 'array';
	if (type === 'dateTime') return encode === 'isoDate' ? 'ISO 8601 date' : 'Unix milliseconds';
	if (type === 'json') return encode === 'object' ? 'object' : 'any';
	return type === 'number' || type === 'boolean' ? type : 'string';
}
