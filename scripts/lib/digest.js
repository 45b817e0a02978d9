'use strict';

const { createHash } = require('node:crypto');
const { parse } = require('yaml');

/**
 * Clerk's OpenAPI document → the facts that the forms are held against, and none of its sentences.
 *
 * @typedef {object} Fact what is known of one field
 * @property {string} type JSON's types, several joined by `|`; `any` where the document says nothing
 * @property {string} [items] of a list: the type of its entries
 * @property {Array<string | number | boolean | null>} [enum] of a list: of its entries
 * @property {boolean} [required] of what stands within an optional object: required where that is given
 * @property {boolean} [nullable]
 * @property {boolean} [deprecated]
 * @property {false} [explode] a list goes as one value
 * @property {true} [open] an object that takes more than the fields there are
 * @property {true} [closed] an object, or a list's entries, in which other fields are refused
 * @property {string} [format]
 * @property {string} [record] whose fields it has, or of a list its entries: a name in `records`
 * @property {number} [minimum] @property {number} [maximum]
 * @property {true} [exclusiveMinimum] the minimum itself is refused
 * @property {string} [default] of an order: the one that the API has without being asked
 * @property {string[]} [sorts] of an order: the fields that the document's text lists
 * @property {number} [minLength] @property {number} [maxLength]
 * @property {number} [minItems] @property {number} [maxItems]
 *
 * @typedef {Record<string, Fact>} Facts by their names; in a body with dots for what stands within
 *
 * @typedef {object} OperationFacts
 * @property {boolean} [deprecated]
 * @property {Facts} [path] @property {Facts} [query] @property {Facts} [body]
 * @property {'json' | 'list' | 'multipart'} [sends] `list`: each entry has the fields of `body`
 * @property {true} [closed] other fields of a body are refused
 * @property {string} [list] how the response holds its rows: `array`, or the name of the field
 * @property {string} [response] the record it responds with, or of a list its rows: a name in `records`
 * @property {'text' | 'nothing'} [responseType] where it is not JSON
 *
 * @typedef {object} Digest
 * @property {string} version of the API
 * @property {string} sha256 of the document
 * @property {Record<string, OperationFacts>} operations by `GET /users/{user_id}`
 * @property {Record<string, Facts>} records
 */

/** What the API calls the order of a list. */
const ORDER = 'order_by';

/** What its text may name beside the fields. */
const OF_PAGING = [ORDER, 'limit', 'offset', 'starting_after'];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Facts that are copied as they are, under the names of JSON schema. */
const COPIED = /** @type {const} */ ([
	'format',
	'minimum',
	'maximum',
	'minLength',
	'maxLength',
	'minItems',
	'maxItems',
]);

/** The one record that a schema points at, maybe as what is null otherwise, but not one that it adds fields to. @param {any} schema @returns {string | undefined} */
function refOf({ $ref, allOf = [], anyOf = [], oneOf = [] }) {
	const parts = [...allOf, ...anyOf, ...oneOf];
	const refs = parts.flatMap((part) => part.$ref ?? []);
	const addsFields = parts.some((part) => part.properties !== undefined);
	return $ref ?? (refs.length === 1 && !addsFields ? refs[0] : undefined);
}

/** @param {any} schema @returns {string} */
const typeOf = ({ type, properties }) => type ?? (properties ? 'object' : 'any');

class Reader {
	/** @param {any} document */
	constructor(document) {
		this.document = document;
		/** @type {Record<string, Facts>} */
		this.records = {};
	}

	/** @param {any} node @returns {any} */
	resolve(node) {
		if (!node?.$ref) return node ?? {};
		/** @type {string[]} */
		const steps = node.$ref.slice(2).split('/');
		return this.resolve(steps.reduce((at, step) => at?.[step], this.document));
	}

	/** A schema without its parts in `allOf`, `oneOf` and `anyOf`: together they say which fields there may be. @param {any} given @returns {any} */
	whole(given) {
		const { allOf = [], oneOf = [], anyOf = [], ...own } = this.resolve(given);
		const all = allOf.map((/** @type {any} */ part) => this.whole(part));
		const any = [...oneOf, ...anyOf].map((part) => this.whole(part));
		const parts = [...all, ...any];
		if (parts.length === 0) return own;
		const types = [...new Set(any.flatMap(({ type }) => type ?? []))];
		const properties = [...parts, own].map((part) => part.properties);
		const always = [own, ...all].flatMap(({ required = [] }) => required);
		return {
			...Object.assign({}, ...parts, own),
			...(types.length > 1 && { type: types }),
			required: always,
			properties: Object.assign({}, ...properties),
		};
	}

	/** What is known of a value, without what stands within it. @param {any} given @returns {Fact} */
	fact(given) {
		const schema = this.whole(given);
		const types = [typeOf(schema)].flat();
		const named = types.filter((type) => type !== 'null');
		const items = schema.items && this.whole(schema.items);
		/** @type {Fact} */
		const fact = { type: named.join('|') || 'any' };
		if (items) fact.items = [typeOf(items)].flat().join('|');
		const values = schema.enum ?? items?.enum;
		if (values) fact.enum = values.filter((/** @type {unknown} */ value) => value !== null);
		const canBeNull = types.includes('null') || schema.enum?.includes(null);
		if (schema.nullable === true || canBeNull) fact.nullable = true;
		if (schema.deprecated === true) fact.deprecated = true;
		if (schema.exclusiveMinimum === true) fact.exclusiveMinimum = true;
		for (const name of COPIED) if (schema[name] !== undefined) fact[name] = schema[name];
		return fact;
	}

	/** @param {any} given */
	isClosed(given) {
		return this.whole(given).additionalProperties === false;
	}

	/** The fields of a body, and what stands within them. @param {any} given @param {string} [above] @returns {Facts} */
	body(given, above = '') {
		const { properties = {}, required = [] } = this.whole(given);
		/** @type {Facts} */
		const facts = {};
		for (const [name, schema] of Object.entries(properties)) {
			const path = `${above}${name}`;
			facts[path] = this.fact(schema);
			if (required.includes(name)) facts[path].required = true;
			const inner = this.whole(schema);
			if (inner.properties && inner.additionalProperties === true) facts[path].open = true;
			if (this.isClosed(inner.items ?? inner)) facts[path].closed = true;
			Object.assign(facts, this.body(inner.items ?? inner, `${path}.`));
		}
		return facts;
	}

	/** Notes the fields of a record of a response. @param {any} given @param {string} name for one that the document gives none @returns {string} its name in `records` */
	record(given, name) {
		const named = refOf(given)?.split('/').pop() ?? name;
		if (this.records[named]) return named;
		/** @type {Facts} */
		const facts = {};
		// Before its fields are read: a record may hold others of its kind.
		this.records[named] = facts;
		const { properties = {}, required = [] } = this.whole(given);
		for (const [field, schema] of Object.entries(properties)) {
			facts[field] = this.fact(schema);
			if (required.includes(field)) facts[field].required = true;
			const whole = this.whole(schema);
			const inner = whole.items ?? schema;
			if (Object.keys(this.whole(inner).properties ?? {}).length > 0) {
				facts[field].record = this.record(inner, `${named}.${field}`);
			}
		}
		return named;
	}

	/** @param {any} operation @param {string} name @returns {Pick<OperationFacts, 'response' | 'responseType' | 'list'>} */
	response({ responses }, name) {
		const [status] = Object.keys(responses).filter((code) => code.startsWith('2'));
		const content = this.resolve(responses[status]).content;
		if (!content) return { responseType: 'nothing' };
		const json = content['application/json'];
		if (!json) return { responseType: 'text' };
		const whole = this.whole(json.schema);
		if (whole.items) return { list: 'array', response: this.record(whole.items, name) };
		const properties = Object.entries(whole.properties ?? {});
		const isTotalled = properties.some(([field]) => field === 'total_count');
		const [field, rows] =
			properties.find(([, schema]) => this.whole(schema).items && isTotalled) ?? [];
		if (field === undefined) return { response: this.record(json.schema, name) };
		return { list: field, response: this.record(this.whole(rows).items, name) };
	}

	/** How a list is ordered without being asked, and by what it can be: only the text says that. @param {any} parameter @returns {Pick<Fact, 'default' | 'sorts'>} */
	order({ schema, description = '' }) {
		const { default: usual, enum: values } = this.whole(schema);
		const quoted = [...description.matchAll(/`([a-z]\w*)`/g)].map(([, name]) => name);
		const [, listed = ''] = /\bby ((?:\w+, )*\w+ or \w+)/.exec(description) ?? [];
		const names = values ?? (quoted.length > 0 ? quoted : listed.match(/\w+(?=,|$| or )/g));
		const fields = (names ?? []).map((/** @type {string} */ name) => name.replace(/^[+-]/, ''));
		const sorts = [...new Set(fields)].filter((name) => !OF_PAGING.includes(name)).sort();
		return {
			...(usual !== undefined && { default: usual }),
			...(sorts.length > 0 && { sorts }),
		};
	}

	/** @param {string} path @param {any} operation @returns {OperationFacts} */
	operation(path, operation) {
		const parameters = [
			...(this.document.paths[path].parameters ?? []),
			...(operation.parameters ?? []),
		];
		/** @param {'path' | 'query'} location */
		const at = (location) => {
			const found = parameters.map((one) => this.resolve(one)).filter((one) => one.in === location);
			const fields = found.map((one) => [
				one.name,
				{
					...this.fact(one.schema),
					...(one.required === true && { required: true }),
					...(one.deprecated === true && { deprecated: true }),
					...(one.explode === false && { explode: false }),
					...(one.name === ORDER && this.order(one)),
				},
			]);
			return fields.length > 0 ? { [location]: Object.fromEntries(fields) } : {};
		};
		const content = this.resolve(operation.requestBody).content ?? {};
		const multipart = content['multipart/form-data'];
		const schema = (content['application/json'] ?? multipart)?.schema;
		const items = schema && this.whole(schema).items;
		return {
			...(operation.deprecated === true && { deprecated: true }),
			...at('path'),
			...at('query'),
			...(schema && { sends: items ? 'list' : multipart ? 'multipart' : 'json' }),
			...(schema && this.isClosed(items ?? schema) && { closed: true }),
			...(schema && { body: this.body(items ?? schema) }),
			...this.response(operation, operation.operationId),
		};
	}
}

/** @param {string} text Clerk's OpenAPI document, as YAML or JSON @returns {Digest} */
function digestOf(text) {
	const document = parse(text, { maxAliasCount: -1 });
	if (!document?.paths || !document.info?.version) throw new Error('This is no OpenAPI document.');
	const reader = new Reader(document);
	/** @type {Digest['operations']} */
	const operations = {};
	for (const [path, item] of Object.entries(document.paths)) {
		for (const method of METHODS.filter((name) => item[name])) {
			operations[`${method.toUpperCase()} ${path}`] = reader.operation(path, item[method]);
		}
	}
	const sha256 = createHash('sha256').update(text).digest('hex');
	return { version: document.info.version, sha256, operations, records: reader.records };
}

module.exports = { COPIED, digestOf, ORDER };
