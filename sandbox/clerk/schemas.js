'use strict';

const { api } = require('../../scripts/lib/clerkApi');
const { COPIED } = require('../../scripts/lib/digest');
const { BY_LINE, BY_NAME, DEFAULTS, MOST_VALUES } = require('./prose');

/**
 * What an operation takes: schemas that validate its query and its body, from the facts of Clerk's
 * document (`spec/digest.json`) and what it says in prose (`prose.js`).
 *
 * @typedef {import('../../scripts/lib/digest').Fact} Fact
 * @typedef {import('../../scripts/lib/digest').Facts} Facts
 * @typedef {import('./server').Route} Route
 * @typedef {import('./validation').Schema} Schema
 * @typedef {import('./prose').Rules} Rules
 */

/** @param {string} type as the digest has it: several are joined by `|` */
function typeOf(type) {
	const types = type.split('|');
	return type === 'any' ? {} : { type: types.length > 1 ? types : type };
}

/** @param {Fact} fact @returns {Schema | undefined} */
const valuesOf = ({ enum: values, sorts }) =>
	sorts
		? { enum: sorts.flatMap((field) => [field, `+${field}`, `-${field}`]) }
		: values && { enum: values };

/** @param {Facts} facts @param {string} path @param {Rules} rules @returns {Schema} */
function fieldOf(facts, path, rules) {
	const fact = /** @type {Fact} */ (facts[path]);
	const isNested = Object.keys(facts).some((other) => other.startsWith(`${path}.`));
	const inner = isNested && objectOf(facts, fact.closed, rules, `${path}.`);
	const copied = COPIED.filter((name) => fact[name] !== undefined);
	const further = {
		...Object.fromEntries(copied.map((name) => [name, fact[name]])),
		...(fact.exclusiveMinimum && { exclusiveMinimum: fact.minimum }),
		...(fact.nullable && fact.type !== 'any' && { nullable: true }),
		...rules[path],
	};
	if (fact.type !== 'array') {
		return { ...(inner || typeOf(fact.type)), ...valuesOf(fact), ...further };
	}
	// Several values in one, with commas between them: the list takes them apart.
	if (fact.explode === false) return { type: 'array', ...further };
	const items = inner || { ...typeOf(fact.items ?? 'any'), ...valuesOf(fact) };
	return { type: 'array', items: { ...items, ...rules[`${path}[]`] }, ...further };
}

/** @param {Facts} facts @param {boolean | undefined} isClosed @param {Rules} rules @param {string} [above] @returns {Schema} */
function objectOf(facts, isClosed, rules, above = '') {
	const paths = Object.keys(facts).filter(
		(path) => path.startsWith(above) && !path.slice(above.length).includes('.'),
	);
	const nameOf = (/** @type {string} */ path) => path.slice(above.length);
	return {
		type: 'object',
		properties: Object.fromEntries(
			paths.map((path) => [nameOf(path), fieldOf(facts, path, rules)]),
		),
		required: paths.filter((path) => facts[path]?.required).map(nameOf),
		...(isClosed && { additionalProperties: false }),
	};
}

/** @param {Facts} facts @returns {Rules} for the fields of a query */
const rulesOfQuery = (facts) =>
	Object.fromEntries(
		Object.entries(facts).map(([name, { type, default: usual = DEFAULTS[name] }]) => [
			name,
			type === 'array' ? { maxItems: MOST_VALUES } : usual === undefined ? {} : { default: usual },
		]),
	);

/** @param {Facts} facts @returns {Rules} for the fields of a body; of a list it is the entries that they are for */
const rulesOfBody = (facts) =>
	Object.fromEntries(
		Object.entries(BY_NAME).map(([name, rule]) => [
			facts[name]?.type === 'array' ? `${name}[]` : name,
			rule,
		]),
	);

/** @param {string} requestLine @returns {{ query?: Schema, body?: Schema, form?: Schema }} */
function schemasOf(requestLine) {
	const operation = api.operations[requestLine];
	if (!operation) throw new TypeError(`${requestLine} is not in Clerk's document`);
	const { query, body, sends, closed } = operation;
	const own = BY_LINE[requestLine] ?? {};
	const whole = body && {
		...objectOf(body, closed, { ...rulesOfBody(body), ...own }),
		...(sends === 'list' ? {} : own['']),
	};
	return {
		...(query && { query: objectOf(query, false, { ...rulesOfQuery(query), ...own }) }),
		...(sends === 'json' && { body: whole }),
		...(sends === 'list' && { body: { type: 'array', items: whole, ...own[''] } }),
		...(sends === 'multipart' && { form: whole }),
	};
}

/**
 * Adds to routes what they take.
 *
 * @param {Record<string, Route | Route['respond']>} routes a function is a route that needs no settings
 * @returns {import('./server').Routes}
 */
const described = (routes) =>
	Object.fromEntries(
		Object.entries(routes).map(([line, route]) => [
			line,
			{ ...schemasOf(line), ...(typeof route === 'function' ? { respond: route } : route) },
		]),
	);

module.exports = { described, schemasOf };
