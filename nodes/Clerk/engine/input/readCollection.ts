import { COLLECTIONS } from '../form/collections';
import { InvalidInputError } from '../operation';
import type { Field } from '../operation';
import { isObject } from '../operation/values';
import { isHole } from './emptyValues';

/** Reads one parameter of the form: n8n's `getNodeParameter`, bound to an item. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/**
 * Returns the fields that were added to a collection, with their values.
 *
 * n8n drops text and unknown names before a run (docs/n8n-notes.md, 14); for other callers they are
 * rejected here, as an ignored filter would list every record.
 *
 * @throws InvalidInputError for a value that is not an object, or for a name that the form does not have
 */
export function readCollection(
	name: string,
	fields: Field[],
	read: ReadParameter,
): Record<string, unknown> {
	const label = COLLECTIONS[name].displayName;
	const collection = read(name, {});
	if (!isObject(collection)) {
		throw new InvalidInputError(label, 'needs an object of field names and values');
	}
	const known = fields.map((field) => field.name);
	const unknown = Object.keys(collection).find((key) => !known.includes(key));
	if (unknown !== undefined) {
		throw new InvalidInputError(
			label,
			`has no field "${unknown}". There are: ${[...known].sort().join(', ')}`,
		);
	}
	return collection;
}

/** In place of the value of a field that was not added. */
export const ABSENT = Symbol('absent');

/**
 * Reads a field of a collection, which the form itself may show too. Presence, not truthiness, decides
 * whether a field that was added is sent, so that every field can be cleared.
 *
 * @returns `ABSENT` for a field without a value
 * @throws InvalidInputError where both have a value
 */
export function readOptional(
	collection: Record<string, unknown>,
	field: Field,
	read: ReadParameter,
): unknown {
	const added = Object.hasOwn(collection, field.name) ? collection[field.name] : ABSENT;
	const filledIn = field.alsoOnForm ? read(field.name, field.default) : undefined;
	if (isHole(filledIn)) return added;
	if (added === ABSENT || isHole(added)) return filledIn;
	throw new InvalidInputError(
		field.displayName,
		'is filled in twice, on the form and among the fields below it. Remove it there',
	);
}
