'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { fieldsOf } = require('../../scripts/lib/registry');
const { entriesOf } = require('./examples');
const { openApiDocument } = require('./openapi');

/**
 * Where an operation of the registry and Clerk's document do not agree.
 *
 * @typedef {import('../../scripts/lib/registry').DescribedOperation} DescribedOperation
 * @typedef {import('../../nodes/Clerk/engine/operation').Operation} Operation
 * @typedef {import('./recorder').WireRequest} WireRequest
 * @typedef {{ schema: any, required: boolean }} Documented
 * @typedef {NonNullable<ReturnType<typeof openApiDocument>>} OpenApi
 */

/** The API took metadata out of these routes; a second request carries it. */
const SPLIT = {
	'PATCH /users/{user_id}': ['public_metadata', 'private_metadata', 'unsafe_metadata'],
	'PATCH /organizations/{organization_id}': ['public_metadata', 'private_metadata'],
};

/** Values that the API takes although its document does not list them. */
const UNLISTED = { 'GET /sessions status': ['pending'] };

/** Fields that the document does not call required, but without which a request has nothing to say. */
const NEEDED = { 'POST /users/{user_id}/profile_image': ['file'] };

/** Bounds that the document gives in its prose alone. */
const BOUNDS = {
	'POST /organizations/{organization_id}/billing/credits amount': { minValue: 1 },
	'POST /users/{user_id}/billing/credits amount': { minValue: 1 },
};

/** Names of what gives access to something. */
const SECRET = /secret|token|^jwt$|^cookies$|^backup_codes$|password|private_key/;

/** What the engine sends by itself. */
const OF_PAGING = ['limit', 'offset', 'paginated', 'starting_after'];

class Contract {
	/** @param {OpenApi} document */
	constructor(document) {
		this.document = document;
	}

	/** @param {string} requestLine @returns {{ path: Record<string, Documented>, query: Record<string, Documented>, body: Record<string, Documented> } | undefined} */
	fields(requestLine) {
		const operation = this.document.operation(requestLine);
		if (!operation) return undefined;
		const resolve = (/** @type {any} */ node) => this.document.resolve(node);
		const parameters = (operation.parameters ?? []).map(resolve);
		const of = (/** @type {string} */ place) =>
			Object.fromEntries(
				parameters
					.filter((/** @type {any} */ one) => one.in === place)
					.map((/** @type {any} */ one) => [
						one.name,
						{ schema: resolve(one.schema), required: one.required === true },
					]),
			);
		const content = resolve(operation.requestBody)?.content ?? {};
		const whole = resolve(
			(content['application/json'] ?? content['multipart/form-data'])?.schema ?? {},
		);
		// A call that carries several items: each is one entry of the array.
		const body = whole.type === 'array' ? resolve(whole.items) : whole;
		const properties = Object.entries(body.properties ?? {}).map(([name, schema]) => [
			name,
			{ schema: resolve(schema), required: (body.required ?? []).includes(name) },
		]);
		return { path: of('path'), query: of('query'), body: Object.fromEntries(properties) };
	}

	/** @param {DescribedOperation} described @param {Operation} operation @returns {string[]} */
	disagreements({ method, path, fields, resource, operation: value, list }, operation) {
		const requestLine = `${method} ${path}`;
		const documented = this.fields(requestLine);
		const name = `${resource}.${value}`;
		if (!documented) return [`${name}: the document has no ${requestLine}`];
		const split = /** @type {Record<string, string[]>} */ (SPLIT)[requestLine] ?? [];
		const needed = /** @type {Record<string, string[]>} */ (NEEDED)[requestLine] ?? [];

		const onForm = fields.flatMap((field) => {
			const at = `${name}: ${field.parameter} (${field.in} ${field.wire})`;
			const there = documented[field.in][field.wire];
			if (split.includes(field.wire) && !there) return [];
			if (!there) return [`${at} is not in the document`];
			return (there.required || needed.includes(field.wire)) === field.required
				? []
				: [`${at} is ${there.required ? '' : 'not '}required`];
		});
		const types = fieldsOf(operation).flatMap(({ field, wire, parameter, in: place }) => {
			const there = documented[place][wire];
			const bounds = there && boundsComplaint(field, there.schema, `${requestLine} ${wire}`);
			if (bounds) return [`${name}: ${parameter} ${bounds}`];
			// Of a list that several items share, the form holds one entry.
			const schema = there && (wire === operation.batch?.list ? there.schema.items : there.schema);
			const complaint = there && typeComplaint(field, schema, `${requestLine} ${wire}`);
			return complaint ? [`${name}: ${parameter} ${complaint}`] : [];
		});
		const known = [
			...fields.map(({ wire }) => wire),
			...Object.keys(operation.omitted ?? {}),
			...Object.keys(operation.always ?? {}),
			...(list ? OF_PAGING : []),
		];
		const missing = (/** @type {'path' | 'query' | 'body'} */ place) =>
			Object.keys(documented[place])
				.filter((wire) => !known.includes(wire))
				.map((wire) => `${name}: ${place} ${wire} is neither on the form nor omitted`);
		return [...onForm, ...types, ...missing('path'), ...missing('query'), ...missing('body')];
	}

	/** What a request of an example holds that the document does not know. @param {WireRequest} request @returns {string[]} */
	unknown({ method, path, query = {}, body }) {
		const requestLine = this.document.find(method, path);
		const documented = requestLine ? this.fields(requestLine) : undefined;
		if (!documented) return [`no ${method} ${path} in the document`];
		const sent = /** @type {Array<['query' | 'body', object]>} */ ([
			['query', query],
			...entriesOf(body).map((entry) => ['body', entry]),
		]);
		const lines = sent.flatMap(([place, values]) =>
			Object.keys(values)
				.filter((wire) => !documented[place][wire])
				.map((wire) => `${requestLine}: ${place} ${wire}`),
		);
		const takesBody = this.document.operation(requestLine).requestBody !== undefined;
		const isOdd = body !== undefined && !takesBody;
		return isOdd ? [...lines, `${requestLine}: a body where the document has none`] : lines;
	}

	/**
	 * Where the raw output of an operation holds what gives access to something, as n8n writes a path.
	 *
	 * @param {Operation} operation @returns {string[]}
	 */
	secretOutputs({ request, returns, batch }) {
		const responses = this.document.operation(request)?.responses ?? {};
		const paths = Object.entries(responses).flatMap(([status, response]) => {
			const { content = {} } = this.document.resolve(response) ?? {};
			const { schema } = content['application/json'] ?? {};
			return status.startsWith('2') && schema ? this.secretsIn(schema) : [];
		});
		const isList = returns.kind === 'list';
		const ofRecord = paths.map((path) =>
			isList || batch ? path.replace(/^(?:data)?\[\*\]\./, '') : path,
		);
		const { plural } = returns.view;
		return [...ofRecord, ...(isList ? ofRecord.map((path) => `${plural}[*].${path}`) : [])];
	}

	/** @param {any} node @param {string} [path] @param {any[]} [above] @returns {string[]} */
	secretsIn(node, path = '', above = []) {
		const schema = this.document.resolve(node);
		if (!schema || above.includes(schema)) return [];
		const inner = [...above, schema];
		const variants = [schema.allOf, schema.oneOf, schema.anyOf].flatMap((list) => list ?? []);
		const named = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
			const at = path ? `${path}.${name}` : name;
			const { type } = this.document.resolve(property);
			const isSecret = SECRET.test(name) && type !== 'boolean' && type !== 'integer';
			return isSecret ? [at] : this.secretsIn(property, at, inner);
		});
		return [
			...variants.flatMap((variant) => this.secretsIn(variant, path, inner)),
			...(schema.items ? this.secretsIn(schema.items, `${path}[*]`, inner) : []),
			...named,
		];
	}

	/** The stored values that the project gives the operations of the document, where the list of them is at hand. */
	get routes() {
		const file = join(dirname(process.env.CLERK_OPENAPI_FILE ?? ''), 'operations.tsv');
		if (!existsSync(file)) return undefined;
		const rows = readFileSync(file, 'utf8')
			.trim()
			.split('\n')
			.slice(1)
			.map((line) => line.split('\t'));
		return new Map(
			rows.map(([resource, value, method, path]) => [`${resource}.${value}`, `${method} ${path}`]),
		);
	}
}

/** The types of a form's field that can hold what the document wants. @param {any} schema @returns {string[]} */
function fittingTypes(schema) {
	switch (schema.type) {
		case 'boolean':
			return ['boolean'];
		case 'integer':
		case 'number':
			return ['number', 'dateTime'];
		case 'object':
			return ['json', 'collection', 'fixedCollection'];
		case 'array':
			return ['string', 'multiOptions', 'json', 'fixedCollection'];
		case 'string':
			return ['string', 'options', 'resourceLocator', 'dateTime', 'color'];
		default:
			return [];
	}
}

/**
 * @param {import('../../nodes/Clerk/engine/operation').Field} field
 * @param {any} schema
 * @param {string} place
 */
function typeComplaint(field, schema, place) {
	const fitting = fittingTypes(schema);
	if (fitting.length > 0 && !fitting.includes(field.type)) {
		return `is ${field.type}, in the document ${schema.type}`;
	}
	if (schema.type === 'array' && field.type === 'string' && field.encode !== 'list') {
		return 'is text, in the document an array';
	}
	if (schema.type !== 'array' && field.encode === 'list') {
		return `is a list, in the document ${schema.type}`;
	}
	// Unix milliseconds where the document has a number, ISO text where it has text.
	const isIso = field.encode === 'isoDate';
	if (field.type === 'dateTime' && isIso !== (schema.type === 'string')) {
		return `is sent as ${isIso ? 'text' : 'a number'}, in the document ${schema.type}`;
	}
	if (field.type !== 'options' || !schema.enum) return undefined;
	const unlisted = /** @type {Record<string, string[]>} */ (UNLISTED)[place] ?? [];
	const documented = [...schema.enum, ...unlisted].sort().join(', ');
	const offered = (field.options ?? [])
		.map((option) => String(/** @type {any} */ (option).value))
		.sort()
		.join(', ');
	return offered === documented ? undefined : `offers ${offered}; in the document ${documented}`;
}

/**
 * @param {import('../../nodes/Clerk/engine/operation').Field} field
 * @param {any} schema
 * @param {string} place
 */
function boundsComplaint({ type, typeOptions = {} }, schema, place) {
	if (type !== 'number') return undefined;
	const inProse = /** @type {Record<string, { minValue?: number, maxValue?: number }>} */ (BOUNDS)[
		place
	];
	const { minValue, maxValue } = { minValue: schema.minimum, maxValue: schema.maximum, ...inProse };
	return typeOptions.minValue === minValue && typeOptions.maxValue === maxValue
		? undefined
		: `goes from ${typeOptions.minValue} to ${typeOptions.maxValue}; in the document from ${minValue} to ${maxValue}`;
}

/** Where the environment names Clerk's document. @returns {Contract | undefined} */
function readContract() {
	const document = openApiDocument();
	return document && new Contract(document);
}

module.exports = { readContract };
