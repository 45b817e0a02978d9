import { fieldsByLocation, isProcedure, methodOf, pathOf } from '../operation';
import type { Field, Operation, ParameterLocation } from '../operation';

/** Where on the form a field stands. */

/** Name of the collection that holds the optional fields of a place. */
export function collectionOf(operation: Operation, place: ParameterLocation): string {
	if (isProcedure(operation)) return 'additionalFields';
	const method = methodOf(operation);
	if (place === 'query' && method === 'GET' && !pathOf(operation).endsWith('}')) return 'filters';
	return method === 'PATCH' || method === 'PUT' ? 'updateFields' : 'additionalFields';
}

/** The fields of a collection; query and body may share one. */
export const fieldsIn = (operation: Operation, collection: string): Field[] =>
	fieldsByLocation(operation)
		.filter(([place]) => collectionOf(operation, place) === collection)
		.flatMap(([place, fields]) => fields.filter((field) => !isOnForm(field, place)));

/** Whether a field stands on the form itself, and not in a collection. */
export const isOnForm = (field: Field, place: ParameterLocation): boolean =>
	place === 'path' || field.required === true || field.section === 'form';
