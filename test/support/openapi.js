'use strict';

const { readFileSync } = require('node:fs');
const { Ajv } = require('ajv');
const addFormats = require('ajv-formats').default;
const createRouter = require('find-my-way');
const { parse } = require('yaml');
const { withAdditionsInDocument } = require('./documentAdditions');
const { outputDifferences } = require('./outputSchemas');

/** @typedef {Record<string, any>} Schema */
/** @typedef {import('../../sandbox/clerk/server').Route} Route */
/** @typedef {import('find-my-way').HTTPMethod} HTTPMethod */

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Replaces `nullable` of OpenAPI 3.0 by the type `null` of JSON schema. @param {any} node @returns {any} */
function toJsonSchema(node) {
	if (Array.isArray(node)) return node.map(toJsonSchema);
	if (typeof node !== 'object' || node === null) return node;
	const { nullable, ...rest } = node;
	const schema = Object.fromEntries(
		Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]),
	);
	return nullable === true ? { anyOf: [{ type: 'null' }, schema] } : schema;
}

/** Clerk's OpenAPI document and what it lacks, which validate requests and responses. */
class OpenApiDocument {
	#ajv = addFormats(new Ajv({ strict: false, allErrors: true, logger: false }));

	#router = createRouter();

	/** @param {string} file */
	constructor(file) {
		const document = parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 });
		this.document = withAdditionsInDocument(document);
		this.#ajv.addSchema(toJsonSchema(this.document), 'clerk', undefined, false);
		for (const line of this.operations) {
			const [method, path = ''] = line.split(' ');
			const route = path.replace(/\{(\w+)\}/g, ':$1');
			this.#router.on(/** @type {HTTPMethod} */ (method), route, () => {}, line);
		}
	}

	/** @returns {string[]} request lines: `GET /users/{user_id}` */
	get operations() {
		return Object.entries(this.document.paths).flatMap(([path, operations]) =>
			Object.keys(operations)
				.filter((method) => METHODS.has(method))
				.map((method) => `${method.toUpperCase()} ${path}`),
		);
	}

	/** @param {string} requestLine */
	operation(requestLine) {
		const [method = '', path = ''] = requestLine.split(' ');
		return this.document.paths[path]?.[method.toLowerCase()];
	}

	/** Returns the request line of the operation that a request calls. @param {string} method @param {string} path @returns {string | undefined} */
	find(method, path) {
		return this.#router.find(/** @type {HTTPMethod} */ (method), path)?.store;
	}

	/** @param {any} node @returns {any} */
	resolve(node) {
		if (!node?.$ref) return node;
		const steps = node.$ref.slice(2).split('/');
		return this.resolve(
			steps.reduce((/** @type {any} */ at, /** @type {string} */ step) => at[step], this.document),
		);
	}

	/**
	 * @param {string} method
	 * @param {string} path
	 * @param {number} status
	 * @param {any} body
	 * @returns {string[]} a readable line for each violation of the document
	 */
	violations(method, path, status, body) {
		const requestLine = this.find(method, path);
		const response = requestLine && this.operation(requestLine).responses[status];
		// The document lists only few of the errors of an operation (a 429 for only one, no 404 for a
		// ban, no shape for a wrong password), but all errors have one shape.
		const pointer =
			this.resolve(response)?.content !== undefined
				? this.#schemaPointer(/** @type {string} */ (requestLine), status, response)
				: status >= 400 && '/components/schemas/ClerkErrors';
		// A response without content, or in HTML, has no schema.
		const isPlain = response && this.resolve(response)?.content === undefined && status < 400;
		if (isPlain && (body === undefined || typeof body === 'string')) return [];
		if (!pointer)
			return [`${requestLine ?? `${method} ${path}`}: no response ${status} in the document`];
		const schema = this.#schemaAt(pointer);
		// With paginated=true an array becomes { data, total_count }; the document describes the rows only.
		const rows = schema?.type === 'array' && Array.isArray(body?.data) ? body.data : body;
		const validate = this.#ajv.getSchema(`clerk#${pointer}`);
		if (!validate) return [`${requestLine}: no schema for ${status}`];
		if (validate(rows)) return [];
		return (validate.errors ?? []).map(
			({ instancePath, message, params }) =>
				`${requestLine} ${status}: ${instancePath} ${message} ${JSON.stringify(params)}`,
		);
	}

	/** @param {string} requestLine @param {number} status @param {any} response */
	#schemaPointer(requestLine, status, response) {
		const [method = '', path = ''] = requestLine.split(' ');
		const inline = `/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}/responses/${status}`;
		const base = response.$ref ? response.$ref.slice(1) : encodeURI(inline);
		return `${base}/content/application~1json/schema`;
	}

	/** @param {string} pointer */
	#schemaAt(pointer) {
		const steps = decodeURI(pointer)
			.split('/')
			.slice(1)
			.map((step) => step.replaceAll('~1', '/'));
		return this.resolve(steps.reduce((at, step) => at?.[step], this.document));
	}

	/**
	 * Compares the parameters that the simulation accepts with the document's. The simulation may be
	 * stricter where the document has only prose (formats, the fields of order_by).
	 *
	 * @param {string} requestLine
	 * @param {Route} route
	 * @returns {string[]}
	 */
	differences(requestLine, route) {
		const operation = this.operation(requestLine);
		if (!operation) return [`${requestLine} is not in the document`];
		const query = (operation.parameters ?? [])
			.map((/** @type {any} */ parameter) => this.resolve(parameter))
			.filter((/** @type {any} */ parameter) => parameter.in === 'query');
		const described = {
			type: 'object',
			properties: Object.fromEntries(query.map((/** @type {any} */ one) => [one.name, one.schema])),
			required: query
				.filter((/** @type {any} */ one) => one.required)
				.map((/** @type {any} */ one) => one.name),
		};
		const content = this.resolve(operation.requestBody)?.content ?? {};
		const body = content['application/json']?.schema;
		const form = content['multipart/form-data']?.schema;
		return [
			...this.#compare(`${requestLine} query`, route.query ?? {}, described),
			...this.#compare(`${requestLine} body`, route.body ?? {}, body ?? {}),
			...this.#compare(`${requestLine} form`, route.form ?? {}, form ?? {}),
		];
	}

	/** @param {string} location @param {Schema} simulated @param {Schema} described @returns {string[]} */
	#compare(location, simulated, described) {
		const documented = this.resolve(described);
		const facts = (/** @type {Schema} */ schema) => ({
			type: simulated.enum ? undefined : schema.type,
			nullable: schema.nullable ?? false,
			enum: documented.enum && [...(schema.enum ?? [])].sort(),
			minimum: schema.minimum,
			maximum: schema.maximum,
			minItems: schema.minItems,
			required: [...(schema.required ?? [])].sort(),
			closed: schema.additionalProperties === false,
		});
		const [actual, expected] = [simulated, documented].map((schema) =>
			JSON.stringify(facts(schema)),
		);
		const own =
			actual === expected || !simulated.type
				? []
				: [`${location}: ${actual}, documented ${expected}`];
		const properties = new Set([
			...Object.keys(simulated.properties ?? {}),
			...Object.keys(documented.properties ?? {}),
		]);
		const nested = [...properties].flatMap((name) => {
			const [here, there] = [simulated.properties?.[name], documented.properties?.[name]];
			if (!here) return [`${location}: ${name} is not simulated`];
			if (!there) return [`${location}: ${name} is not documented`];
			return this.#compare(`${location} ${name}`, here, there);
		});
		const items =
			documented.items && simulated.items
				? this.#compare(`${location} items`, simulated.items, documented.items)
				: [];
		return [...own, ...nested, ...items];
	}
}

/** By file. @type {Map<string, OpenApiDocument>} */
const documents = new Map();

/** Returns the document named by CLERK_OPENAPI_FILE, if it is set. @returns {OpenApiDocument | undefined} */
function openApiDocument() {
	const file = process.env.CLERK_OPENAPI_FILE;
	if (!file) return undefined;
	const document = documents.get(file) ?? new OpenApiDocument(file);
	documents.set(file, document);
	return document;
}

/**
 * @typedef {object} CallOptions
 * @property {Record<string, string | number | boolean | string[]>} [query]
 * @property {unknown} [body] a string or a form is sent unchanged
 * @property {Record<string, string>} [headers]
 * @property {string} [key]
 */

/**
 * Returns a function that calls a simulated Clerk and validates each response, if there is a document.
 *
 * @param {{ url: string, secretKey: string }} clerk
 * @param {OpenApiDocument} [document]
 * @param {Set<string>} [validated] collects the request lines with a validated response
 */
function callerOf(clerk, document, validated) {
	/** @param {string} requestLine `GET /users` @param {CallOptions} [options] */
	return async function call(
		requestLine,
		{ query = {}, body, headers, key = clerk.secretKey } = {},
	) {
		const [method = '', path = ''] = requestLine.split(' ');
		const pairs = Object.entries(query).flatMap(([name, value]) =>
			[value].flat().map((one) => /** @type {[string, string]} */ ([name, String(one)])),
		);
		const isForm = body instanceof FormData;
		const response = await fetch(`${clerk.url}${path}?${new URLSearchParams(pairs)}`, {
			method,
			headers: {
				authorization: `Bearer ${key}`,
				'clerk-api-version': '2026-05-12',
				...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
				...headers,
			},
			...(body !== undefined && {
				body: isForm || typeof body === 'string' ? body : JSON.stringify(body),
			}),
		});
		const text = await response.text();
		const type = response.headers.get('content-type') ?? '';
		const json = type.startsWith('application/json') ? JSON.parse(text) : text || undefined;
		const violations = document?.violations(method, path, response.status, json) ?? [];
		const differences = response.ok ? outputDifferences(method, path, json) : [];
		const lines = [...violations, ...differences];
		if (lines.length > 0) throw new Error(lines.join('\n'));
		if (document) validated?.add(document.find(method, path) ?? '');
		const { status } = response;
		return { status, headers: Object.fromEntries(response.headers), body: json, text };
	};
}

module.exports = { callerOf, openApiDocument };
