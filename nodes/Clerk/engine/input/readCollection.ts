import { COLLECTIONS } from '../form/collections';
import { InvalidInputError } from '../operation';
import type { Field } from '../operation';

/** Reads one parameter of the form: n8n's `getNodeParameter`, bound to an item. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

/**
 * What was added to a collection. Text, or a name that the form does not have, would otherwise go
 * unnoticed: a filter that is not one lists everybody.
 *
 * @throws InvalidInputError
 */
export function readCollection(
	name: string,
	fields: Field[],
	read: ReadParameter,
): Record<string, unknown> {
	const label = COLLECTIONS[name].displayName;
	const collection = read(name, {});
	if (collection === null || typeof collection !== 'object' || Array.isArray(collection)) {
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
	return collection as Record<string, unknown>;
}
