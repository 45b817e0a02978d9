'use strict';

/** @typedef {{ limit: number, offset: number }} Paging */

/** @typedef {string | number | null} Sortable */

/** Nulls last, and ties in the order of creation, as the sort is stable. @param {Sortable} a @param {Sortable} b */
function compare(a, b) {
	if (a === b) return 0;
	if (a === null) return 1;
	if (b === null) return -1;
	return a < b ? -1 : 1;
}

/**
 * The rows of a table in the order that `order_by` names, without sorting on every request.
 *
 * @template {import('./table').Row} T
 * @param {import('./table').Table<T>} table
 * @param {string} orderBy such as `-created_at`
 * @param {Record<string, (row: T) => Sortable>} keys how to read what is not a field of the row
 * @returns {{ rows: readonly T[], descending: boolean }}
 */
function inOrder(table, orderBy, keys) {
	const field = orderBy.replace(/^[+-]/, '');
	const descending = orderBy.startsWith('-');
	const keyOf = keys[field];
	const rows = keyOf ? table.sortedBy(field, (a, b) => compare(keyOf(a), keyOf(b))) : table.rows;
	return { rows, descending };
}

/**
 * @template T
 * @param {{ rows: readonly T[], descending: boolean }} ordered
 * @param {number} [start] how many rows to step over
 */
function* walk({ rows, descending }, start = 0) {
	for (let at = start; at < rows.length; at += 1) {
		yield /** @type {T} */ (rows[descending ? rows.length - 1 - at : at]);
	}
}

/**
 * One page, looking at no more rows than it takes to fill it.
 *
 * @template T
 * @param {Iterable<T>} rows
 * @param {(row: T) => boolean} matches
 * @param {Paging} paging
 */
function takePage(rows, matches, { limit, offset }) {
	const page = [];
	let skipped = 0;
	for (const row of rows) {
		if (!matches(row)) continue;
		if (skipped < offset) skipped += 1;
		else if (page.push(row) === limit) break;
	}
	return page;
}

/**
 * A filter whose values may begin with `+` (one of these) or `-` (none of these).
 *
 * @template T
 * @param {string[] | undefined} values
 * @param {(row: T, value: string) => boolean} has
 * @returns {((row: T) => boolean)[]}
 */
function signedFilter(values = [], has) {
	const excluded = values.filter((value) => value.startsWith('-')).map((value) => value.slice(1));
	const included = values
		.filter((value) => !value.startsWith('-'))
		.map((value) => value.replace(/^\+/, ''));
	/** @type {((row: T) => boolean)[]} */
	const filters = [];
	if (included.length > 0) filters.push((row) => included.some((value) => has(row, value)));
	if (excluded.length > 0) filters.push((row) => !excluded.some((value) => has(row, value)));
	return filters;
}

/** @template T @param {((row: T) => boolean)[]} filters @returns {(row: T) => boolean} */
const all = (filters) => (row) => filters.every((matches) => matches(row));

module.exports = { all, compare, inOrder, signedFilter, takePage, walk };
