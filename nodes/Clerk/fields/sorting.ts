import type { Field } from '../engine/operation';

/**
 * A sort order: each of the API's fields, both ways. The value is the API's own.
 *
 * @param unasked - which come first where no order is asked for
 */
export const orderBy = (fields: Record<string, string>, unasked = 'newest'): Field => ({
	displayName: 'Order By',
	name: 'orderBy',
	type: 'options',
	options: Object.entries(fields)
		.flatMap(([field, name]) => [
			{ name: `${name}, Ascending`, value: `+${field}` },
			{ name: `${name}, Descending`, value: `-${field}` },
		])
		.sort((a, b) => a.name.localeCompare(b.name, 'en')),
	default: '-created_at',
	encode: 'order',
	description: `The order of the results. Without it, the ${unasked} come first.`,
});
