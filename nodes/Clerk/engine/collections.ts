import { InvalidInput } from './input';
import type { Field } from './operation';
import type { ReadParameter } from './readForm';

/** The collections of a form, such as its Filters: names people added, with their values. */

export const COLLECTIONS: Record<string, { displayName: string; placeholder: string }> = {
	filters: { displayName: 'Filters', placeholder: 'Add Filter' },
	additionalFields: { displayName: 'Additional Fields', placeholder: 'Add Field' },
	updateFields: { displayName: 'Update Fields', placeholder: 'Add Field' },
	options: { displayName: 'Options', placeholder: 'Add Option' },
};

/**
 * What was added to a collection. Text, or a name that the form does not have, would otherwise go
 * unnoticed: a filter that is not one lists everybody.
 *
 * @throws InvalidInput
 */
export function readCollection(
	name: string,
	fields: Field[],
	read: ReadParameter,
): Record<string, unknown> {
	const label = COLLECTIONS[name].displayName;
	const collection = read(name, {});
	if (collection === null || typeof collection !== 'object' || Array.isArray(collection)) {
		throw new InvalidInput(label, 'needs an object of field names and values');
	}
	const known = fields.map((field) => field.name);
	const unknown = Object.keys(collection).find((key) => !known.includes(key));
	if (unknown !== undefined) {
		throw new InvalidInput(
			label,
			`has no field "${unknown}". There are: ${[...known].sort().join(', ')}`,
		);
	}
	return collection as Record<string, unknown>;
}
