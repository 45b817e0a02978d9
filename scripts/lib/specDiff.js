'use strict';

/**
 * What changed between two versions of the API, a line each: what went, what came, what is otherwise.
 *
 * @typedef {import('./digest').Digest} Digest
 * @typedef {import('./digest').Facts} Facts
 * @typedef {import('./digest').OperationFacts} OperationFacts
 */

const LOCATIONS = /** @type {const} */ (['path', 'query', 'body']);

const OF_OPERATION = /** @type {const} */ ([
	'deprecated',
	'sends',
	'closed',
	'list',
	'response',
	'responseType',
]);

/** @param {unknown} value */
const shown = (value) => (value === undefined ? 'nothing' : JSON.stringify(value));

/**
 * @template T
 * @param {Record<string, T> | undefined} before
 * @param {Record<string, T> | undefined} after
 * @param {{ gone(name: string): string[], come(name: string, now: T): string[], both(name: string, was: T, now: T): string[] }} say
 */
function compare(before = {}, after = {}, say) {
	const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return names.flatMap((name) => {
		if (!Object.hasOwn(after, name)) return say.gone(name);
		if (!Object.hasOwn(before, name)) return say.come(name, after[name]);
		return say.both(name, before[name], after[name]);
	});
}

/** @param {string} what @param {Record<string, any>} was @param {Record<string, any>} now @param {readonly string[]} [keys] */
const changes = (what, was, now, keys = [...new Set([...Object.keys(was), ...Object.keys(now)])]) =>
	keys
		.filter((key) => JSON.stringify(was[key]) !== JSON.stringify(now[key]))
		.map((key) => `~ ${what}: ${key} was ${shown(was[key])}, is ${shown(now[key])}`);

/** @param {string} of @param {Facts | undefined} before @param {Facts | undefined} after */
const fieldLines = (of, before, after) =>
	compare(before, after, {
		gone: (name) => [`- ${of} ${name}`],
		come: (name, { type, required }) => [
			`+ ${of} ${name} (${type}${required ? ', required' : ''})`,
		],
		both: (name, was, now) => changes(`${of} ${name}`, was, now),
	});

/**
 * @param {Digest} before
 * @param {Digest} after
 * @returns {string[]} none where the facts are the same, whatever else of the document changed
 */
function differencesOf(before, after) {
	const operations = compare(before.operations, after.operations, {
		gone: (name) => [`- ${name}`],
		come: (name, { deprecated }) => [`+ ${name}${deprecated ? ' (deprecated)' : ''}`],
		both: (name, was, now) => [
			...changes(name, was, now, OF_OPERATION),
			...LOCATIONS.flatMap((location) =>
				fieldLines(`${name} ${location}`, was[location], now[location]),
			),
		],
	});
	const records = compare(before.records, after.records, {
		gone: (name) => [`- record ${name}`],
		come: (name) => [`+ record ${name}`],
		both: (name, was, now) => fieldLines(`record ${name}`, was, now),
	});
	return [...operations, ...records];
}

module.exports = { differencesOf };
