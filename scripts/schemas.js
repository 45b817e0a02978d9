'use strict';

const {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} = require('node:fs');
const { dirname, join, relative } = require('node:path');
const { isProcedure } = require('../nodes/Clerk/engine/operation');
const { simplify } = require('../nodes/Clerk/engine/operation/view');
const { resources } = require('../nodes/Clerk/resources');
const { api } = require('./lib/clerkApi');
const { ROOT, formatted } = require('./lib/files');

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

/** n8n looks them up by the node's version. */
const FOLDER = join(ROOT, 'nodes', 'Clerk', '__schema__', 'v1.0.0');

async function wanted() {
	/** @type {Map<string, string>} */
	const files = new Map();
	for (const { value, operations } of resources) {
		for (const operation of operations) {
			const schema = outputSchemaOf(operation, api);
			if (!schema) continue;
			const file = join(FOLDER, value, `${operation.value}.json`);
			files.set(file, await formatted(file, JSON.stringify(schema)));
		}
	}
	return files;
}

const present = () =>
	existsSync(FOLDER)
		? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
				.filter((file) => file.endsWith('.json'))
				.map((file) => join(FOLDER, file))
		: [];

async function main() {
	const files = await wanted();
	if (process.argv.includes('--check')) {
		const odd = present().filter((file) => !files.has(file));
		const stale = [...files].filter(
			([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text,
		);
		const names = [...odd, ...stale.map(([file]) => file)].map((file) => relative(ROOT, file));
		if (names.length > 0) console.log(`Out of date: run "npm run schemas".\n${names.join('\n')}`);
		process.exitCode = names.length > 0 ? 1 : 0;
		return;
	}
	rmSync(FOLDER, { recursive: true, force: true });
	for (const [file, text] of files) {
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, text);
	}
	console.log(`${files.size} output schemas`);
}

if (require.main === module) void main();

module.exports = { differencesFrom, outputSchemaOf };
