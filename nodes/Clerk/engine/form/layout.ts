import { aidsOf, fieldsByLocation, isProcedure, methodOf, pathOf } from '../operation';
import type { Field, Operation, ParameterLocation } from '../operation';

/** Where the form shows a field. */

/** Returns the name of the collection with the optional fields of a location. */
export function collectionOf(operation: Operation, location: ParameterLocation): string {
	if (isProcedure(operation)) return 'additionalFields';
	const method = methodOf(operation);
	if (location === 'query' && method === 'GET' && !pathOf(operation).endsWith('}'))
		return 'filters';
	return method === 'PATCH' || method === 'PUT' ? 'updateFields' : 'additionalFields';
}

/** Returns the fields of a collection, which query and body may share, and the switches of its tables. */
export function fieldsIn(operation: Operation, collection: string): Field[] {
	const fields = fieldsByLocation(operation)
		.filter(([location]) => collectionOf(operation, location) === collection)
		.flatMap(([location, listed]) => listed.filter((field) => !isOnForm(field, location)));
	return [...fields, ...aidsOf(operation).filter((aid) => isSwitchOf(aid, fields))];
}

/** Returns the aids that are on the form itself: all but the switches of tables in a collection. */
export function aidsOnForm(operation: Operation): Field[] {
	const inCollections = fieldsByLocation(operation).flatMap(([location, fields]) =>
		fields.filter((field) => !isOnForm(field, location)),
	);
	return aidsOf(operation).filter((aid) => !isSwitchOf(aid, inCollections));
}

/** Whether an aid is the switch that empties one of the fields. */
const isSwitchOf = ({ name }: Field, fields: Field[]): boolean =>
	fields.some(({ emptiedBy }) => emptiedBy === name);

/** Whether a field is on the form itself instead of in a collection. */
export const isOnForm = (field: Field, location: ParameterLocation): boolean =>
	location === 'path' || field.required === true || field.section === 'form';
