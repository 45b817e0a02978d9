'use strict';

/**
 * The calls of Clerk's SDK, to find those that no operation of the node does.
 *
 * @typedef {{ call: string, reason: string }} LeftOut a call without an operation
 */

/** Methods that each part of the SDK has from its base class. */
const OF_BASE = ['constructor', 'request', 'requireId'];

/** Returns the calls of an SDK's client, such as `users.getUser`. @param {object} client @returns {string[]} */
const callsOf = (client) =>
	Object.entries(client)
		.filter(([, api]) => api !== null && typeof api === 'object')
		.flatMap(([name, api]) =>
			[...new Set(namesIn(api))]
				.filter((method) => !OF_BASE.includes(method) && typeof api[method] === 'function')
				.map((method) => `${name}.${method}`),
		)
		.sort();

/** Returns the names in an object and in its classes. @param {any} value @returns {string[]} */
const namesIn = (value) =>
	value === null || value === Object.prototype
		? []
		: [...Object.getOwnPropertyNames(value), ...namesIn(Object.getPrototypeOf(value))];

/** Returns the calls that the golden examples compare the node with. @param {ReturnType<typeof import('./examples').readExamples>} golden @returns {Set<string>} */
const comparedCalls = (golden) =>
	new Set(
		golden.flatMap(({ examples }) =>
			Object.values(examples).flatMap(({ sdk }) =>
				sdk && 'calls' in sdk ? sdk.calls.map(({ method }) => method) : [],
			),
		),
	);

/**
 * Returns a line for each call without an operation, and for each entry of the list of those left out
 * that is no longer needed.
 *
 * @param {string[]} calls @param {ReadonlySet<string>} compared @param {LeftOut[]} leftOut
 * @returns {string[]}
 */
function uncoveredCalls(calls, compared, leftOut) {
	const known = new Set(leftOut.map(({ call }) => call));
	return [
		...calls
			.filter((call) => !compared.has(call) && !known.has(call))
			.map((call) => `${call}: no operation`),
		...leftOut
			.filter(({ call }) => compared.has(call))
			.map(({ call }) => `spec/sdkLeftOut.json: ${call} has its operation`),
		...leftOut
			.filter(({ call }) => !calls.includes(call))
			.map(({ call }) => `spec/sdkLeftOut.json: the SDK has no ${call}`),
	];
}

module.exports = { callsOf, comparedCalls, uncoveredCalls };
