'use strict';

const { api } = require('../../scripts/lib/clerkApi');
const { badFormat, refuse } = require('./errors');
const { positionIn } = require('./table');

const NO_FILTER = /^(limit|offset|starting_after|paginated|order_by|include_.*)$/;

/** @param {any} value @returns {any} */
const sortable = (value) => (typeof value === 'string' ? value.toLowerCase() : (value ?? null));

/** Nulls last, and ties in the order of creation, as the sort is stable. @param {any} a @param {any} b */
function compare(a, b) {
	if (a === b) return 0;
	if (a === null) return 1;
	if (b === null) return -1;
	return a < b ? -1 : 1;
}

/**
 * What a row must have, by values that may begin with `+` (one of these) or `-` (none of these).
 *
 * @type {(values: string[], has: (row: any, value: string) => boolean) => (row: any) => boolean}
 */
function signed(values, has) {
	const isExcluded = (/** @type {string} */ value) => value.startsWith('-');
	const excluded = values.filter(isExcluded).map((value) => value.slice(1));
	const included = values
		.filter((value) => !isExcluded(value))
		.map((value) => value.replace(/^\+/, ''));
	return (row) =>
		(included.length === 0 || included.some((value) => has(row, value))) &&
		!excluded.some((value) => has(row, value));
}

/** In whatever case. Nothing is in null. @type {(values: unknown[], wanted: string) => boolean} */
const includesText = (values, wanted) =>
	values.some(
		(value) => value != null && String(value).toLowerCase().includes(wanted.toLowerCase()),
	);

/**
 * Returns what a row must have by a parameter of a query: the same value, unless the resource defines the
 * filter. The values of a list may have `+` and `-` signs.
 * @type {(definition: Definition, field: string, state: State, query: Values) => (row: Row) => boolean}
 */
function testOf({ filters = {}, search = [] }, field, state, query) {
	const wanted = query[field];
	if (filters[field]) return filters[field](wanted, state, query);
	if (field === 'query') {
		const valuesOf = (/** @type {Row} */ row) => search.map((name) => row[name]);
		return (row) => row.id === wanted || includesText(valuesOf(row), wanted);
	}
	if (!Array.isArray(wanted)) return (row) => row[field] === wanted;
	return signed(wanted, (row, one) => row[field] === one);
}

/**
 * Returns the entry that a page begins behind, if a query names one.
 *
 * @type {(definition: Definition, state: State, query: Values, isByCreation: boolean) => any}
 */
function cursorOf({ table }, state, { starting_after: id, offset }, isByCreation) {
	if (id === undefined) return undefined;
	const cursor = state[table].get(id);
	refuse(
		!isByCreation && badFormat('order_by', 'must be created_at together with starting_after'),
		offset > 0 && badFormat('offset', 'cannot be combined with starting_after'),
		!cursor && badFormat('starting_after', 'is not the id of an entry of the list'),
	);
	return cursor;
}

/**
 * Returns the rows that a query asks for, in its order. In the order of creation it looks at none before
 * the cursor, and at none after the last one.
 * @param {Definition} definition @param {string} line @param {Pick<Call, 'state' | 'query'>} call
 * @param {readonly any[]} all oldest first @param {number} [most] how many are needed
 */
function rowsOf(definition, line, { state, query }, all, most = Infinity) {
	const tests = Object.keys(api.operations[line]?.query ?? {})
		.filter((field) => query[field] !== undefined)
		.filter((field) => definition.filters?.[field] !== undefined || !NO_FILTER.test(field))
		.map((field) => testOf(definition, field, state, query));
	const fits = (/** @type {Row} */ row) => tests.every((test) => test(row));
	const by = query.order_by ?? definition.order ?? '-created_at';
	const field = by.replace(/^[+-]/, '');
	const step = by.startsWith('-') ? -1 : 1;
	const cursor = cursorOf(definition, state, query, field === 'created_at');
	if (field !== 'created_at') {
		const order = definition.orders?.[field];
		const keyOf = (/** @type {Row} */ row) => sortable(order ? order(row, state) : row[field]);
		const rows = all.filter(fits).sort((a, b) => compare(keyOf(a), keyOf(b)));
		return step < 0 ? rows.reverse() : rows;
	}
	const rows = [];
	let at = cursor ? positionIn(all, cursor) + step : step < 0 ? all.length - 1 : 0;
	for (; at >= 0 && at < all.length && rows.length < most; at += step) {
		if (fits(all[at])) rows.push(all[at]);
	}
	return rows;
}

module.exports = { includesText, rowsOf, signed };
