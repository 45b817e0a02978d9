'use strict';

/** @typedef {Record<string, unknown>} Metadata */

/** @param {unknown} value @returns {value is Metadata} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Clerk's deep merge: objects are merged, anything else replaces, `null` removes the key. Goes
 * through a Map because `__proto__` is a key like any other to someone's metadata.
 *
 * @param {unknown} stored
 * @param {Metadata} patch
 * @returns {Metadata}
 */
function merge(stored, patch) {
	const merged = new Map(isObject(stored) ? Object.entries(stored) : []);
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) merged.delete(key);
		else merged.set(key, isObject(value) ? merge(merged.get(key), value) : value);
	}
	return Object.fromEntries(merged);
}

/**
 * The two metadata endpoints of a resource: PATCH merges, PUT replaces the kinds it is given.
 *
 * @param {Metadata} row
 * @param {Record<string, Metadata>} body
 */
const merged = (row, body) =>
	Object.fromEntries(Object.entries(body).map(([kind, patch]) => [kind, merge(row[kind], patch)]));

module.exports = { merge, merged };
