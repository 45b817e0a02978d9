import { fieldsByLocation, isProcedure, methodOf, pathOf } from '../operation';
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

/** Returns the fields of a collection, which query and body may share. */
export const fieldsIn = (operation: Operation, collection: string): Field[] =>
	fieldsByLocation(operation)
		.filter(([location]) => collectionOf(operation, location) === collection)
		.flatMap(([location, fields]) => fields.filter((field) => !isOnForm(field, location)));

/** Whether a field is on the form itself instead of in a collection. */
export const isOnForm = (field: Field, location: ParameterLocation): boolean =>
	location === 'path' || field.required === true || field.section === 'form';
