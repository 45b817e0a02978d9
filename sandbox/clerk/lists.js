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
 * What a row must have, by values that may begin with `+` (one of these) or `-` (none of these).
 *
 * @param {string[]} values
 * @param {(row: any, value: string) => boolean} has
 * @returns {(row: any) => boolean}
 */
function signed(values, has) {
	const excluded = values.filter((value) => value.startsWith('-')).map((value) => value.slice(1));
	const included = values
		.filter((value) => !value.startsWith('-'))
		.map((value) => value.replace(/^\+/, ''));
	return (row) =>
		(included.length === 0 || included.some((value) => has(row, value))) &&
		!excluded.some((value) => has(row, value));
}

/** Whether a text is in one of the values, in whatever case. Nothing is in null. @param {unknown[]} values @param {string} wanted */
const includesText = (values, wanted) =>
	values.some(
		(value) => value != null && String(value).toLowerCase().includes(wanted.toLowerCase()),
	);

module.exports = { compare, includesText, signed };
