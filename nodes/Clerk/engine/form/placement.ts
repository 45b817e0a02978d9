import { fieldsByLocation, formOnlyFieldsOf, isProcedure, methodOf, pathOf } from '../operation';
import type { Field, Operation, ParameterLocation } from '../operation';
import { optionsOf } from './options';

/** Where the form shows a field: on itself, or in a collection. */

/** Returns the name of the collection that shows an optional field of a location. */
export function collectionOf(
	operation: Operation,
	location: ParameterLocation,
	{ section }: Pick<Field, 'section'> = {},
): string {
	if (section === 'options') return 'options';
	if (isProcedure(operation)) return location === 'query' ? 'filters' : 'additionalFields';
	const method = methodOf(operation);
	if (location === 'query' && method === 'GET' && !pathOf(operation).endsWith('}'))
		return 'filters';
	return method === 'PATCH' || method === 'PUT' ? 'updateFields' : 'additionalFields';
}

/**
 * Returns the fields of a collection, and the switches of its tables. Query and body can share one;
 * Options also has fields that are not sent.
 */
export function fieldsIn(operation: Operation, collection: string): Field[] {
	const fields = fieldsByLocation(operation).flatMap(([location, listed]) =>
		listed.filter(
			(field) =>
				!isOnForm(field, location) && collectionOf(operation, location, field) === collection,
		),
	);
	if (collection === 'options') return [...optionsOf(operation), ...fields];
	return [...fields, ...formOnlyFieldsOf(operation).filter((field) => isSwitchOf(field, fields))];
}

/** Returns the form-only fields outside the collections: all but the switches of tables in a collection. */
export function formOnlyOutsideCollections(operation: Operation): Field[] {
	const inCollections = fieldsByLocation(operation).flatMap(([location, fields]) =>
		fields.filter((field) => !isOnForm(field, location)),
	);
	return formOnlyFieldsOf(operation).filter((field) => !isSwitchOf(field, inCollections));
}

/** Whether a form-only field is the switch that empties one of the fields. */
const isSwitchOf = ({ name }: Field, fields: Field[]): boolean =>
	fields.some(({ emptiedBy }) => emptiedBy === name);

/** Whether the form itself shows a field: alone, or beside its entry in a collection. */
export const isShownOnForm = (field: Field, location: ParameterLocation): boolean =>
	isOnForm(field, location) || field.alsoOnForm === true;

/** Whether a field is on the form itself instead of in a collection. */
export const isOnForm = (field: Field, location: ParameterLocation): boolean =>
	location === 'path' || field.required === true || field.section === 'form';
