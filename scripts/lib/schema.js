'use strict';

const { isProcedure } = require('../../nodes/Clerk/engine/operation');
const { simplify } = require('../../nodes/Clerk/engine/operation/view');

/**
 * What n8n's editor shows of an operation's output before its first run: the documented output, made
 * by the operation's own view from a record that has every field of Clerk's document.
 *
 * @typedef {import('../../nodes/Clerk/engine/operation').Operation} Operation
 * @typedef {import('../../nodes/Clerk/engine/operation').Mapping} Mapping
 * @typedef {import('./digest').Digest} Digest
 * @typedef {import('./digest').Fact} Fact
 * @typedef {{ type: string, properties?: Record<string, Schema>, items?: Schema }} Schema
 */

/** Records hold others, also of their own kind. */
const DEEPEST = 4;

/** A value of the type, the same for every text, so that what refers to something finds it. @param {Fact} fact @param {Digest} digest @param {number} depth @returns {unknown} */
function sampleOf({ type, items, enum: values, record }, digest, depth) {
	const [first] = type.split('|');
	switch (first) {
		case 'string':
			return values?.[0] ?? 'text';
		case 'integer':
		case 'number':
			return values?.[0] ?? 1;
		case 'boolean':
			return true;
		case 'array':
			if (record) return depth < DEEPEST ? [recordOf(record, digest, depth + 1)] : [];
			return items === undefined || items === 'any'
				? []
				: [sampleOf({ type: items }, digest, depth)];
		default:
			return record && depth < DEEPEST ? recordOf(record, digest, depth + 1) : {};
	}
}

/** @param {string} name @param {Digest} digest @param {number} [depth] @returns {Record<string, unknown>} */
const recordOf = (name, digest, depth = 0) =>
	Object.fromEntries(
		Object.entries(digest.records[name] ?? {}).map(([field, fact]) => [
			field,
			sampleOf(fact, digest, depth),
		]),
	);

/** @param {unknown} value @returns {Schema} */
function schemaOf(value) {
	if (Array.isArray(value))
		return { type: 'array', ...(value.length > 0 && { items: schemaOf(value[0]) }) };
	if (value === null || value === undefined) return { type: 'string' };
	if (typeof value !== 'object') return { type: typeof value };
	const entries = Object.entries(value);
	if (entries.length === 0) return { type: 'object' };
	return {
		type: 'object',
		properties: Object.fromEntries(entries.map(([name, inner]) => [name, schemaOf(inner)])),
	};
}

/** @param {Mapping} operation @param {Digest} digest @returns {Record<string, unknown>} */
function outputOf({ request, returns, responseType }, digest) {
	if (responseType === 'text') return { text: 'text', success: true };
	const { response } = digest.operations[request];
	if (response === undefined) return { success: true };
	const record = simplify(recordOf(response, digest), returns.view);
	return returns.kind === 'list' ? record : { ...record, success: true };
}

/** @param {Operation} operation @param {Digest} digest @returns {Schema & { version: number } | undefined} none where nobody can know */
const outputSchemaOf = (operation, digest) =>
	isProcedure(operation) ? undefined : { ...schemaOf(outputOf(operation, digest)), version: 1 };

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

module.exports = { differencesFrom, outputSchemaOf };
