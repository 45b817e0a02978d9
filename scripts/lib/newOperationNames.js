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

/** Whatever the names in braces are called. @param {string} path */
const segmentsOf = (path) =>
	path
		.split('/')
		.filter(Boolean)
		.map((segment) => (segment.startsWith('{') ? '{}' : segment));

/** @param {string} word */
const isPlural = (word) => singular(word) !== word;

/** @param {string[]} a @param {string[]} b */
function sharedLength(a, b) {
	const at = a.findIndex((segment, index) => segment !== b[index]);
	return at < 0 ? a.length : at;
}

/** The resource whose routes begin most like this one; of several, the one with most of them. @param {string[]} segments @param {Known[]} known */
function resourceOf(segments, known) {
	const shared = known.map(({ path }) => sharedLength(segmentsOf(path), segments));
	const most = Math.max(0, ...shared);
	if (most === 0) return parameterOf(singular(segments[0]));
	const likely = known.filter((_, index) => shared[index] === most).map(({ resource }) => resource);
	const count = (/** @type {string} */ name) => likely.filter((one) => one === name).length;
	return likely.reduce((best, next) => (count(next) > count(best) ? next : best));
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
	const end = segments.at(-1);
	if (end === BULK) return { resource, operation: 'createMany' };
	const things = parameterOf(segments.filter((segment) => segment !== '{}').at(-1) ?? '');
	const ofRecord = OF_RECORD[verb];
	// The list of the resource itself: whatever the path leads through, its last word names the resource.
	if (resource.toLowerCase().endsWith(singular(things).toLowerCase()))
		return { resource, operation: end === '{}' ? ofRecord : OF_LIST[verb] };
	const thing = capital(singular(things));
	if (end === '{}') return { resource, operation: `${ofRecord}${thing}` };
	if (verb === 'POST') return { resource, operation: isPlural(things) ? `create${thing}` : things };
	return { resource, operation: `${ofRecord}${capital(things)}` };
}

module.exports = { namesFor };
