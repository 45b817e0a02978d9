'use strict';

const { api } = require('../../scripts/lib/clerkApi');

/**
 * What an operation takes, from the facts of Clerk's document (`spec/digest.json`): schemas that validate
 * its query, its body or its form. By hand there is only what the document says in prose, as `stricter`.
 *
 * @typedef {import('../../scripts/lib/digest').Fact} Fact
 * @typedef {import('../../scripts/lib/digest').Facts} Facts
 * @typedef {import('./validation').Schema} Schema
 * @typedef {Record<string, Schema>} Stricter further keywords by a field's name, with dots for what is nested; `''` is the whole body
 */

/** Facts that JSON schema calls by the same name. */
const KEYWORDS = /** @type {const} */ ([
	'format',
	'minimum',
	'maximum',
	'minLength',
	'maxLength',
	'minItems',
	'maxItems',
	'nullable',
	'default',
]);

/** Without being asked, the API gives ten rows of a list, from the first. @type {Record<string, number>} */
const PAGING = { limit: 10, offset: 0 };

/** @param {string} type as the digest has it: several are joined by `|` */
function typeOf(type) {
	const types = type.split('|');
	return type === 'any' ? {} : { type: types.length > 1 ? types : type };
}

/** @param {string} name @param {Fact} fact @returns {Schema | undefined} of a field's values, where they are listed */
const valuesOf = (name, { enum: values, sorts = [] }) =>
	name === 'order_by'
		? { enum: sorts.flatMap((field) => [field, `+${field}`, `-${field}`]) }
		: values && { enum: values };

/** @param {Facts} facts @param {string} path @param {Stricter} stricter @returns {Schema} */
function fieldOf(facts, path, stricter) {
	const fact = /** @type {Fact} */ (facts[path]);
	const isNested = Object.keys(facts).some((other) => other.startsWith(`${path}.`));
	const inner = isNested && objectOf(facts, fact.closed, stricter, `${path}.`);
	const values = valuesOf(path, fact);
	const items = inner || { ...typeOf(fact.items ?? 'any'), ...values };
	const copied = KEYWORDS.filter((name) => fact[name] !== undefined).map((name) => [name, fact[name]]);
	return {
		...(fact.type === 'array' ? { type: 'array' } : { ...(inner || typeOf(fact.type)), ...values }),
		// Several values in one, with commas between them, are taken apart by the list itself.
		...(fact.type === 'array' && fact.explode !== false && { items }),
		...(PAGING[path] !== undefined && { default: PAGING[path] }),
		...Object.fromEntries(copied),
		...(fact.exclusiveMinimum && { exclusiveMinimum: fact.minimum }),
		...stricter[path],
	};
}

/** @param {Facts} facts @param {boolean | undefined} isClosed @param {Stricter} stricter @param {string} [above] @returns {Schema} */
function objectOf(facts, isClosed, stricter, above = '') {
	const paths = Object.keys(facts).filter(
		(path) => path.startsWith(above) && !path.slice(above.length).includes('.'),
	);
	const nameOf = (/** @type {string} */ path) => path.slice(above.length);
	return {
		type: 'object',
		properties: Object.fromEntries(
			paths.map((path) => [nameOf(path), fieldOf(facts, path, stricter)]),
		),
		required: paths.filter((path) => facts[path]?.required).map(nameOf),
		...(isClosed && { additionalProperties: false }),
	};
}

/**
 * @param {string} requestLine
 * @param {Stricter} [stricter]
 * @returns {{ query?: Schema, body?: Schema, form?: Schema }}
 */
function schemasOf(requestLine, stricter = {}) {
	const operation = api.operations[requestLine];
	if (!operation) throw new TypeError(`${requestLine} is not in Clerk's document`);
	const { query, body, sends, closed } = operation;
	const unknown = Object.keys(stricter).filter((name) => name && !query?.[name] && !body?.[name]);
	if (unknown.length > 0) throw new TypeError(`${requestLine} does not take ${unknown.join(', ')}`);
	const whole = body && objectOf(body, closed, stricter);
	return {
		...(query && { query: objectOf(query, false, stricter) }),
		...(sends === 'json' && { body: { ...whole, ...stricter[''] } }),
		...(sends === 'list' && { body: { type: 'array', items: whole, ...stricter[''] } }),
		...(sends === 'multipart' && { form: whole }),
	};
}

/**
 * Adds to routes what they take.
 *
 * @template {Record<string, import('./server').Route & { stricter?: Stricter }>} T
 * @param {T} routes
 * @returns {T}
 */
const described = (routes) =>
	/** @type {T} */ (
		Object.fromEntries(
			Object.entries(routes).map(([line, { stricter, ...route }]) => [
				line,
				{ ...schemasOf(line, stricter), ...route },
			]),
		)
	);

module.exports = { described, schemasOf };
