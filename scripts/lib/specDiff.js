'use strict';

/**
 * What changed between two versions of the API, a line each: what went, what came, what is otherwise.
 *
 * @typedef {import('./digest').Digest} Digest
 * @typedef {import('./digest').Facts} Facts
 * @typedef {import('./digest').OperationFacts} OperationFacts
 */

/** What is to be known of something new; a record has fields of these names. @param {Record<string, any>} facts */
function detailOf({ type, required, deprecated }) {
	const words = [
		...(typeof type === 'string' ? [type] : []),
		...(required === true ? ['required'] : []),
		...(deprecated === true ? ['deprecated'] : []),
	];
	return words.length > 0 ? ` (${words.join(', ')})` : '';
}

/**
 * In the order of both.
 *
 * @template {Record<string, any>} T
 * @param {string} of what the names are of
 * @param {Record<string, T> | undefined} before
 * @param {Record<string, T> | undefined} after
 * @param {(name: string, was: T, now: T) => string[]} compare
 */
function differences(of, before = {}, after = {}, compare) {
	const names = Object.keys({ ...before, ...after });
	return names.flatMap((name) => {
		const full = `${of}${name}`;
		if (!Object.hasOwn(after, name)) return [`- ${full}`];
		if (!Object.hasOwn(before, name)) return [`+ ${full}${detailOf(after[name])}`];
		return compare(full, before[name], after[name]);
	});
}

/** @param {unknown} value */
const shown = (value) => JSON.stringify(value) ?? 'nothing';

/** @param {string} name @param {Record<string, any>} was @param {Record<string, any>} now */
const changes = (name, was, now) =>
	Object.keys({ ...was, ...now })
		.map((key) => ({ key, before: shown(was[key]), after: shown(now[key]) }))
		.filter(({ before, after }) => before !== after)
		.map(({ key, before, after }) => `~ ${name}: ${key} was ${before}, is ${after}`);

/** @param {string} of @param {Facts | undefined} before @param {Facts | undefined} after */
const fieldLines = (of, before, after) => differences(`${of} `, before, after, changes);

/** @param {string} name @param {OperationFacts} was @param {OperationFacts} now */
function operationLines(name, was, now) {
	const itself = (/** @type {OperationFacts} */ { path, query, body, ...facts }) => facts;
	const locations = /** @type {const} */ (['path', 'query', 'body']);
	return [
		...changes(name, itself(was), itself(now)),
		...locations.flatMap((at) => fieldLines(`${name} ${at}`, was[at], now[at])),
	];
}

/**
 * @param {Digest} before
 * @param {Digest} after
 * @returns {string[]} none where the facts are the same, whatever else of the document changed
 */
const differencesOf = (before, after) => [
	...differences('', before.operations, after.operations, operationLines),
	...differences('record ', before.records, after.records, fieldLines),
];

module.exports = { differencesOf };
