'use strict';

const { join } = require('node:path');
const { isProcedure } = require('../nodes/Clerk/engine/operation');
const { simplify } = require('../nodes/Clerk/engine/operation/view');
const { resources } = require('../nodes/Clerk/resources');
const { api } = require('./lib/clerkApi');
const { ROOT, generate } = require('./lib/files');

/**
 * Writes what n8n's editor shows of an operation's output before its first run: `npm run schemas`. With
 * --check, only says whether they are up to date. It is the documented output, made by the operation's
 * own view from a record that has every field of Clerk's document.
 *
 * @typedef {import('../nodes/Clerk/engine/operation').Operation} Operation
 * @typedef {import('../nodes/Clerk/engine/operation').Mapping} Mapping
 * @typedef {import('./lib/digest').Digest} Digest
 * @typedef {import('./lib/digest').Fact} Fact
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

/**
 * Returns the schema of an operation's output: none for a procedure.
 *
 * @param {Operation} operation
 * @param {Digest} digest
 * @returns {Schema & { version: number } | undefined}
 */
const outputSchemaOf = (operation, digest) =>
	isProcedure(operation) ? undefined : { ...schemaOf(outputOf(operation, digest)), version: 1 };

/** n8n looks them up by the node's version. */
const FOLDER = join(ROOT, 'nodes', 'Clerk', '__schema__', 'v1.0.0');

async function main() {
	/** @type {Map<string, string>} */
	const texts = new Map();
	for (const { value, operations } of resources) {
		for (const operation of operations) {
			const schema = outputSchemaOf(operation, api);
			const file = join(FOLDER, value, `${operation.value}.json`);
			if (schema) texts.set(file, JSON.stringify(schema));
		}
	}
	await generate(texts, 'npm run schemas', FOLDER);
}

if (require.main === module) void main();

module.exports = { outputSchemaOf };
