import type { Field } from '../engine/operation';

/**
 * Returns a field for the sort order, with each of the API's fields ascending and descending. Its
 * values are the API's.
 *
 * @param fields - the labels by the API's field names
 * @param firstByDefault - which records come first if no order is given
 */
export const orderBy = (fields: Record<string, string>, firstByDefault = 'newest'): Field => ({
	displayName: 'Order By',
	name: 'orderBy',
	section: 'options',
	type: 'options',
	options: Object.entries(fields)
		.flatMap(([field, name]) => [
			{ name: `${name}, Ascending`, value: `+${field}` },
			{ name: `${name}, Descending`, value: `-${field}` },
		])
		.sort((a, b) => a.name.localeCompare(b.name, 'en')),
	default: '-created_at',
	encode: 'order',
	description: `The order of the results; by default, ${firstByDefault} first`,
});
