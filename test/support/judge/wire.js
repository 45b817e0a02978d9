'use strict';

const { hasParts } = require('./fields');

/**
 * Compares sent requests with the fields that the API knows.
 *
 * @typedef {import('../../../scripts/lib/digest').Digest} Digest
 * @typedef {import('../../../scripts/lib/digest').Facts} Facts
 */

/**
 * Returns the operation of the API that a request calls; fixed segments take precedence over named ones.
 *
 * @param {Digest} digest @param {string} method @param {string} path @returns {string | undefined}
 */
function routeOf(digest, method, path) {
	const segments = path.split('/');
	const fits = (/** @type {string} */ route) => {
		const [routeMethod, template] = route.split(' ');
		const parts = template.split('/');
		return (
			routeMethod === method &&
			parts.length === segments.length &&
			parts.every(
				(part, at) => part === segments[at] || (part.startsWith('{') && segments[at] !== ''),
			)
		);
	};
	const names = (/** @type {string} */ route) => route.split('{').length;
	return Object.keys(digest.operations)
		.filter(fits)
		.sort((a, b) => names(a) - names(b))[0];
}

/** Returns the parts of a request that the API does not know. @param {Digest} digest @param {import('../recorder').WireRequest} request @returns {string[]} */
function unknownIn(digest, { method, path, query = {}, body }) {
	const route = routeOf(digest, method, path);
	if (!route) return [`no ${method} ${path}`];
	const facts = digest.operations[route];
	const isOdd = body !== undefined && facts.sends === undefined;
	const entries = Array.isArray(body) ? body : [body ?? {}];
	return [
		...(isOdd ? [`${route} takes no body`] : []),
		...Object.keys(query)
			.filter((name) => !facts.query?.[name])
			.map((name) => `${route}: query ${name}`),
		...entries
			.flatMap((entry) => unknownParts(entry, facts.body ?? {}, ''))
			.map((name) => `${route}: body ${name}`),
	];
}

/** @param {any} value @param {Facts} facts @param {string} above @returns {string[]} */
function unknownParts(value, facts, above) {
	if (value === null || typeof value !== 'object') return [];
	if (Array.isArray(value)) return value.flatMap((entry) => unknownParts(entry, facts, above));
	return Object.entries(value).flatMap(([name, inner]) => {
		const path = `${above}${name}`;
		if (!facts[path]) return facts[above.slice(0, -1)]?.open ? [] : [path];
		return hasParts(facts, path) ? unknownParts(inner, facts, `${path}.`) : [];
	});
}

module.exports = { unknownIn };
