'use strict';

/**
 * What changed between two versions of the API, a line each: what went, what came, what is otherwise.
 *
 * @typedef {import('./digest').Digest} Digest
 * @typedef {import('./digest').Facts} Facts
 * @typedef {import('./digest').OperationFacts} OperationFacts
 */

const LOCATIONS = /** @type {const} */ (['path', 'query', 'body']);

/** @param {unknown} value */
const shown = (value) => (value === undefined ? 'nothing' : JSON.stringify(value));

/**
 * What went from a collection, came to it, or is otherwise, in the order of both.
 *
 * @template T
 * @param {string} of what the names are of
 * @param {Record<string, T> | undefined} before
 * @param {Record<string, T> | undefined} after
 * @param {(now: T) => string} detail of what came
 * @param {(name: string, was: T, now: T) => string[]} compare
 */
function differences(of, before = {}, after = {}, detail, compare) {
	const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return names.flatMap((name) => {
		const full = `${of}${name}`;
		if (!Object.hasOwn(after, name)) return [`- ${full}`];
		if (!Object.hasOwn(before, name)) return [`+ ${full}${detail(after[name])}`];
		return compare(full, before[name], after[name]);
	});
}

/** @param {string} name @param {Record<string, any>} was @param {Record<string, any>} now */
const changes = (name, was, now) =>
	[...new Set([...Object.keys(was), ...Object.keys(now)])]
		.filter((key) => JSON.stringify(was[key]) !== JSON.stringify(now[key]))
		.map((key) => `~ ${name}: ${key} was ${shown(was[key])}, is ${shown(now[key])}`);

/** @param {string} of @param {Facts | undefined} before @param {Facts | undefined} after */
const fieldLines = (of, before, after) =>
	differences(
		`${of} `,
		before,
		after,
		({ type, required }) => ` (${type}${required ? ', required' : ''})`,
		changes,
	);

/** @param {string} name @param {OperationFacts} was @param {OperationFacts} now */
function operationLines(name, was, now) {
	const itself = (/** @type {OperationFacts} */ { path, query, body, ...facts }) => facts;
	return [
		...changes(name, itself(was), itself(now)),
		...LOCATIONS.flatMap((location) =>
			fieldLines(`${name} ${location}`, was[location], now[location]),
		),
	];
}

/**
 * @param {Digest} before
 * @param {Digest} after
 * @returns {string[]} none where the facts are the same, whatever else of the document changed
 */
const differencesOf = (before, after) => [
	...differences(
		'',
		before.operations,
		after.operations,
		({ deprecated }) => (deprecated ? ' (deprecated)' : ''),
		operationLines,
	),
	...differences('record ', before.records, after.records, () => '', fieldLines),
];

module.exports = { differencesOf };
