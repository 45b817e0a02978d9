'use strict';

const { capital, parameterOf, singular } = require('./words');

/**
 * What a new operation would be called in this package, by its route and those that are there. Pure.
 *
 * @typedef {{ resource: string, operation: string, method: string, path: string }} Known
 */

/** What the methods do to a record, and to the list of its kind. */
const OF_RECORD = { GET: 'get', PATCH: 'update', PUT: 'replace', DELETE: 'delete', POST: 'update' };
const OF_LIST = {
	GET: 'getAll',
	POST: 'create',
	PUT: 'replace',
	PATCH: 'update',
	DELETE: 'delete',
};

/** Clerk's word for several records in one call. */
const BULK = 'bulk';

/** @typedef {keyof typeof OF_RECORD} Method */

/** @param {string} segment */
const isName = (segment) => segment.startsWith('{');

/** Whatever the names in braces are called. @param {string} path */
const segmentsOf = (path) =>
	path
		.split('/')
		.filter(Boolean)
		.map((segment) => (isName(segment) ? '{}' : segment));

/** @param {string} word */
const isPlural = (word) => singular(word) !== word;

/** @param {string[]} a @param {string[]} b */
function sharedLength(a, b) {
	const at = a.findIndex((segment, index) => segment !== b[index]);
	return at < 0 ? a.length : at;
}

/** The resource whose routes begin most like this one; of several, the one with most of them. @param {string[]} segments @param {Known[]} known */
function resourceOf(segments, known) {
	/** @type {Map<string, { shared: number, count: number }>} */
	const best = new Map();
	for (const { resource, path } of known) {
		const shared = sharedLength(segmentsOf(path), segments);
		const before = best.get(resource) ?? { shared: 0, count: 0 };
		if (shared > before.shared) best.set(resource, { shared, count: 1 });
		else if (shared === before.shared) best.set(resource, { shared, count: before.count + 1 });
	}
	const [first] = [...best].sort(([, a], [, b]) => b.shared - a.shared || b.count - a.count);
	return first && first[1].shared > 0 ? first[0] : parameterOf(singular(segments[0]));
}

/**
 * @param {string} method
 * @param {string} path with `{names}`
 * @param {Known[]} known the operations there are
 * @returns {{ resource: string, operation: string }}
 */
function namesFor(method, path, known) {
	const segments = segmentsOf(path);
	const resource = resourceOf(segments, known);
	const verb = /** @type {Method} */ (method);
	if (segments[segments.length - 1] === BULK) return { resource, operation: 'createMany' };
	const statics = segments.filter((segment) => segment !== '{}');
	const last = statics[statics.length - 1];
	const endsInId = segments[segments.length - 1] === '{}';
	const things = parameterOf(last);
	// The list of the resource itself: whatever the path leads through, its last word names the resource.
	const isOwn = resource.toLowerCase().endsWith(singular(things).toLowerCase());
	if (isOwn) return { resource, operation: (endsInId ? OF_RECORD : OF_LIST)[verb] };
	if (endsInId) return { resource, operation: `${OF_RECORD[verb]}${capital(singular(things))}` };
	if (verb === 'POST')
		return {
			resource,
			operation: isPlural(things) ? `create${capital(singular(things))}` : things,
		};
	return { resource, operation: `${OF_RECORD[verb]}${capital(things)}` };
}

module.exports = { namesFor };
