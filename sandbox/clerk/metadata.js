'use strict';

const { mapValues } = require('./values');

/** @param {unknown} value @returns {value is Values} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Clerk's deep merge: objects are merged, anything else replaces, `null` removes the key. Goes
 * through a Map because `__proto__` is a key like any other to someone's metadata.
 * @type {(stored: unknown, patch: Values) => Values}
 */
function merge(stored, patch) {
	const merged = new Map(isObject(stored) ? Object.entries(stored) : []);
	for (const [key, value] of Object.entries(patch)) {
		if (value === null) merged.delete(key);
		else merged.set(key, isObject(value) ? merge(merged.get(key), value) : value);
	}
	return Object.fromEntries(merged);
}

/** @param {Call} call */
const mergeMetadata = ({ row, body, save }) => {
	return save(mapValues(body, (patch, kind) => merge(row[kind], patch)));
};

/**
 * The metadata endpoints of a resource: PATCH merges, PUT replaces the kinds it is given.
 *
 * @type {(path: string, updates: Route['updates']) => Definition['routes']}
 */
const metadataRoutes = (path, updates) => ({
	[`PATCH ${path}/metadata`]: { updates, respond: mergeMetadata },
	[`PUT ${path}/metadata`]: { updates, respond: ({ body, save }) => save(body) },
});

module.exports = { mergeMetadata, metadataRoutes };
