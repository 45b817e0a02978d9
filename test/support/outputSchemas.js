'use strict';

const { normalizeListResponse } = require('../../nodes/Clerk/engine/http/pagination');
const { findMapping } = require('../../nodes/Clerk/engine/request/routes');
const { simplify } = require('../../nodes/Clerk/engine/operation/view');
const { resources } = require('../../nodes/Clerk/resources');
const { api } = require('../../scripts/lib/clerkApi');
const { differencesFrom, outputSchemaOf } = require('../../scripts/schemas');

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
	const schema = mapping && outputSchemaOf(mapping, api);
	if (!mapping || !schema) return [];
	const { returns, batch } = mapping;
	const rows = returns.kind === 'list' || batch ? normalizeListResponse(body).rows : [body];
	return rows.flatMap((row) =>
		differencesFrom(simplify(row, returns.view), schema, mapping.action),
	);
}

module.exports = { outputDifferences };
