'use strict';

const additions = require('../../spec/additions.json');

/**
 * Adds what Clerk's document lacks (spec/additions.json) to the document itself, so that the simulated
 * Clerk is validated against the whole API.
 *
 * @typedef {Record<string, any>} Schema
 * @typedef {import('../../scripts/lib/additions').Addition} Addition
 * @typedef {import('../../scripts/lib/digest').Fact} Fact
 */

/** @param {any} document @param {any} node @returns {any} */
function resolve(document, node) {
	if (!node?.$ref) return node;
	const steps = node.$ref.slice(2).split('/');
	return resolve(
		document,
		steps.reduce((/** @type {any} */ at, /** @type {string} */ step) => at[step], document),
	);
}

/** Returns the schema with the properties of an object, among its parts in `allOf` and their like. @param {any} document @param {any} given @param {string} [name] of one of them @returns {Schema | undefined} */
function objectIn(document, given, name) {
	const schema = resolve(document, given);
	const has = schema?.properties && (name === undefined || schema.properties[name]);
	if (has) return schema;
	const parts = [...(schema?.allOf ?? []), ...(schema?.anyOf ?? []), ...(schema?.oneOf ?? [])];
	for (const part of parts) {
		const found = objectIn(document, part, name);
		if (found) return found;
	}
	return undefined;
}

/** @param {Fact} fact @returns {Schema} */
function schemaOf({ type, items, nullable, record }) {
	const ref = record && { $ref: `#/components/schemas/${record}` };
	if (type === 'array') return { type, items: ref ?? { type: items } };
	return { ...(ref ? { allOf: [ref] } : { type }), ...(nullable && { nullable }) };
}

/** @param {Record<string, Fact>} facts @returns {Schema} */
const recordOf = (facts) => ({
	type: 'object',
	properties: Object.fromEntries(
		Object.entries(facts).map(([name, fact]) => [name, schemaOf(fact)]),
	),
	required: Object.keys(facts).filter((name) => facts[name].required),
});

/** Returns the schema of a body or a record, and within it that of the object that holds a field. @param {any} document @param {Addition} addition */
function holderOf(document, { operation, record, field = '' }) {
	const [method = '', path = ''] = (operation ?? '').split(' ');
	const request = document.paths[path]?.[method.toLowerCase()]?.requestBody;
	const [, ...within] = (record ?? '').split('.');
	const body = resolve(document, request)?.content['application/json'].schema;
	const [name = '', ...above] = field
		.replace(/^body /, '')
		.split('.')
		.reverse();
	const steps = [...within, ...above.reverse()];
	const whole = operation ? body : document.components.schemas[(record ?? '').split('.')[0] ?? ''];
	const schema = steps.reduce((at, step) => objectIn(document, at, step)?.properties[step], whole);
	return { holder: objectIn(document, schema), name };
}

/** @param {any} document @param {string} operation @param {string} name @param {Schema} schema */
function addParameter(document, operation, name, schema) {
	const [method = '', path = ''] = operation.split(' ');
	const described = document.paths[path]?.[method.toLowerCase()];
	if (!described) throw new Error(`Clerk's document has no ${operation} to add query ${name} to`);
	described.parameters ??= [];
	const isKnown = described.parameters.some(
		(/** @type {any} */ given) => resolve(document, given).name === name,
	);
	if (!isKnown) described.parameters.push({ in: 'query', name, schema });
}

/** @param {any} document @param {Addition} addition */
function add(document, addition) {
	const { operation, record, field, facts } = addition;
	if (!facts) return;
	if (field !== undefined) {
		// Values alone: the document has no list of them.
		if (facts.type === undefined) return;
		if (operation && field.startsWith('query ')) {
			addParameter(
				document,
				operation,
				field.replace('query ', ''),
				schemaOf(/** @type {Fact} */ (facts)),
			);
			return;
		}
		// A response without a schema of its own, which takes further fields.
		if (record && !document.components.schemas[record.split('.')[0] ?? '']) return;
		const { holder, name } = holderOf(document, addition);
		if (!holder) throw new Error(`Clerk's document has nothing to add ${field} to`);
		holder.properties[name] ??= schemaOf(/** @type {Fact} */ (facts));
		return;
	}
	if (record) {
		document.components.schemas[record] ??= recordOf(facts);
		return;
	}
	const [method = '', path = ''] = (operation ?? '').split(' ');
	const schema = { $ref: `#/components/schemas/${facts.response}` };
	const content = { 'application/json': { schema } };
	document.paths[path] ??= {};
	document.paths[path][method.toLowerCase()] ??= { responses: { 200: { content } } };
}

/** Adds the facts that Clerk's document lacks. @param {any} document @param {Addition[]} [given] @returns {any} the same document */
function withAdditionsInDocument(document, given = additions) {
	for (const addition of given) add(document, addition);
	return document;
}

module.exports = { withAdditionsInDocument };
