import { COLLECTIONS } from '../form/collections';
import { InvalidInputError } from '../operation';
import type { Field } from '../operation';
import { isObject } from '../operation/values';

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
