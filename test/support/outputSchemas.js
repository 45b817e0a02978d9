'use strict';

const { normalizeListResponse } = require('../../nodes/Clerk/engine/http/pagination');
const { findMapping } = require('../../nodes/Clerk/engine/request/routes');
const { simplify } = require('../../nodes/Clerk/engine/operation/view');
const { resources } = require('../../nodes/Clerk/resources');
const { outputSchemaOf } = require('../../scripts/lib/outputSchema');

/** @typedef {import('../../scripts/lib/outputSchema').Schema} Schema */

/**
 * Where an output is not what a schema says. A field may be null, and what people stored may hold
 * anything.
 *
 * @param {unknown} value
 * @param {Schema} schema
 * @param {string} [at]
 * @returns {string[]}
 */
function differencesFrom(value, schema, at = '') {
	if (value === null || value === undefined) return [];
	const type = Array.isArray(value) ? 'array' : typeof value;
	if (type !== schema.type) return [`${at || 'output'} is ${type}, in the schema ${schema.type}`];
	if (Array.isArray(value)) {
		const { items } = schema;
		return items ? value.flatMap((entry) => differencesFrom(entry, items, `${at}[]`)) : [];
	}
	const { properties } = schema;
	if (type !== 'object' || !properties) return [];
	return Object.entries(/** @type {object} */ (value)).flatMap(([name, inner]) =>
		properties[name]
			? differencesFrom(inner, properties[name], `${at}.${name}`)
			: [`${at}.${name} is not in the schema`],
	);
}

/**
 * Compares the simplified output for a response with the schema that n8n's editor shows.
 *
 * @param {string} method
 * @param {string} path
 * @param {any} body
 * @returns {string[]}
 */
function outputDifferences(method, path, body) {
	const mapping = findMapping(method, path, resources)?.mapping;
	const schema = mapping && outputSchemaOf(mapping);
	if (!mapping || !schema) return [];
	const { returns, batch } = mapping;
	const rows = returns.kind === 'list' || batch ? normalizeListResponse(body).rows : [body];
	return rows.flatMap((row) =>
		differencesFrom(simplify(row, returns.view), schema, mapping.action),
	);
}

module.exports = { outputDifferences };
