import type { IDataObject } from 'n8n-workflow';

import { isDestructive } from '../../../credentials/accessPolicy';
import { cellsOf } from '../engine/rows';
import { isWrite, methodOf, pathOf, placesOf, wireName } from '../engine/operation';
import type { Field, Mapping, Place, Resource } from '../engine/operation';

/** What the registry says of an endpoint, for people who think in endpoints. */

export const summaryOf = ({ value: resource }: Resource, mapping: Mapping): IDataObject => ({
	resource,
	operation: mapping.value,
	name: mapping.action,
	description: mapping.description,
	method: methodOf(mapping),
	path: pathOf(mapping),
	writes: isWrite(mapping),
	destroys: isDestructive(methodOf(mapping), pathOf(mapping)),
	list: mapping.returns.kind === 'list',
	deprecated: mapping.name.endsWith('(Deprecated)'),
});

export const detailsOf = (resource: Resource, mapping: Mapping): IDataObject => ({
	...summaryOf(resource, mapping),
	fields: placesOf(mapping).flatMap(([place, fields]) =>
		fields.map((field) => fieldOf(place, field)),
	),
	omittedFields: mapping.omitted ?? {},
});

function fieldOf(place: Place, field: Field): IDataObject {
	const choices = (field.options ?? []).flatMap((option) =>
		'value' in option ? [option.value] : [],
	);
	const cells = field.encode === 'map' ? [] : cellsOf(field);
	return {
		name: wireName(field),
		in: place,
		type: typeOf(field),
		required: field.required === true,
		description: field.description ?? '',
		...(choices.length > 0 && { values: choices }),
		...(cells.length > 0 && { columns: cells.map((cell) => fieldOf(place, cell)) }),
	};
}

/** As JSON has it. */
function typeOf({ type, encode, file }: Field): string {
	if (file) return 'file';
	if (encode === 'map') return 'object';
	if (encode === 'list' || type === 'multiOptions' || type === 'fixedCollection') return 'array';
	if (type === 'dateTime') return encode === 'isoDate' ? 'ISO 8601 date' : 'Unix milliseconds';
	if (type === 'json') return encode === 'object' ? 'object' : 'any';
	return type === 'number' || type === 'boolean' ? type : 'string';
}
