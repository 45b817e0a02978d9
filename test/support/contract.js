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
 * @typedef {import('../../nodes/Clerk/engine/operation').Mapping} Operation
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

/** Fields that the document does not call required, but without which a request has nothing to say. @type {Record<string, string[]>} */
const NEEDED = {
	'POST /instance/change_domain': ['home_url'],
	'PUT /beta_features/domain': ['home_url'],
	'POST /oauth_applications/access_tokens/verify': ['access_token'],
	// One of the new name or the old is needed; the form has the new.
	'POST /directories': ['group_role_mappings.directory_group_id'],
	'POST /directories/{directory_id}/group_role_mappings': ['directory_group_id'],
	'PUT /directories/{directory_id}/group_role_mappings': ['mappings.directory_group_id'],
	'POST /saml_connections': ['domains'],
	'POST /users/{user_id}/profile_image': ['file'],
	'POST /organizations/{organization_id}/domains': ['name', 'enrollment_mode'],
	// This or an identifier, and the form finds users by those.
	'POST /agents/tasks': ['on_behalf_of.user_id'],
};

/** Texts of which the document says only in words that they are true or false. */
const YES_OR_NO = ['GET /organizations/{organization_id}/domains verified'];

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
		return {
			path: of('path'),
			query: of('query'),
			body: Object.fromEntries(this.properties(body)),
		};
	}

	/** Of an object and what stands within it, by names with dots; of a list, what its entries hold. @param {any} schema @param {string} [above] @param {boolean} [isNeeded] @returns {Array<[string, Documented]>} */
	properties(schema, above = '', isNeeded = true) {
		return Object.entries(schema.properties ?? {}).flatMap(([name, given]) => {
			const inner = this.document.resolve(given);
			const required = isNeeded && (schema.required ?? []).includes(name);
			const within = inner.type === 'array' ? this.document.resolve(inner.items) : inner;
			return [
				[`${above}${name}`, { schema: inner, required }],
				// A row of a table needs what it needs; an object that may be left out needs nothing.
				...this.properties(within ?? {}, `${above}${name}.`, required || inner.type === 'array'),
			];
		});
	}

	/** @param {DescribedOperation} described @param {Operation} operation @returns {string[]} */
	disagreements({ method, path, fields, resource, operation: value, list }, operation) {
		const requestLine = `${method} ${path}`;
		const documented = this.fields(requestLine);
		const name = `${resource}.${value}`;
		if (!documented) return [`${name}: the document has no ${requestLine}`];
		const split = /** @type {Record<string, string[]>} */ (SPLIT)[requestLine] ?? [];
		const needed = NEEDED[requestLine] ?? [];

		// What has fields of its own is given by them.
		const isWithin = (/** @type {string} */ wire) => (/** @type {string} */ other) =>
			other.startsWith(`${wire}.`);
		const sent = fields.filter((field) => field.in !== 'form');
		const onForm = sent.flatMap((field) => {
			const at = `${name}: ${field.parameter} (${field.in} ${field.wire})`;
			const there = documented[/** @type {'body'} */ (field.in)][field.wire];
			if (split.includes(field.wire) && !there) return [];
			if (!there) return [`${at} is not in the document`];
			return (there.required || needed.includes(field.wire)) === field.required
				? []
				: [`${at} is ${there.required ? '' : 'not '}required`];
		});
		const types = fieldsOf(operation).flatMap(({ field, wire, parameter, in: place }) => {
			const there = documented[/** @type {'body'} */ (place)][wire];
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
		/** Whether what stands within has fields of its own. @param {string} wire */
		const isTaken = (wire) => known.some(isWithin(wire));
		const missing = (/** @type {'path' | 'query' | 'body'} */ place) =>
			Object.keys(documented[place])
				.filter((wire) => !known.includes(wire) && !known.some(isWithin(wire)))
				.filter((wire) => !known.some((other) => isWithin(other)(wire) && !isTaken(other)))
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
	// A query holds text, so a yes or no may be written out.
	const isYesOrNo =
		[...(schema.enum ?? [])].sort().join() === 'false,true' || YES_OR_NO.includes(place);
	const fitting = isYesOrNo ? ['boolean'] : fittingTypes(schema);
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

/** Where the environment names Clerk's document. @returns {Contract | undefined} */
function readContract() {
	const document = openApiDocument();
	return document && new Contract(document);
}

module.exports = { readContract };
