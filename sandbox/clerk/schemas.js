'use strict';

const { api } = require('../../scripts/lib/clerkApi');
const { COPIED } = require('../../scripts/lib/digest');
const prose = require('./prose.json');
const { mapValues, withoutNull } = require('./values');

/**
 * What an operation takes: schemas that validate its query and its body, from the facts of Clerk's
 * document (`spec/digest.json`) and what it says in prose (`prose.json`).
 * @typedef {import('../../scripts/lib/digest').Facts} Facts
 * @typedef {Record<string, Schema>} Rules by field
 */

/** How many values a filter takes. */
const MOST_VALUES = 100;

/** What a query has without being told. @type {Record<string, unknown>} */
const DEFAULTS = prose.defaults;

/** By request line. @type {Record<string, Rules>} */
const RULES = {};
for (const { operations, fields } of prose.operations) {
	for (const line of operations) RULES[line] = { ...RULES[line], .../** @type {any} */ (fields) };
}

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
		return withoutNull({ ...(inner || typeOf(fact.type)), ...valuesOf(fact), ...further });
	}
	// Several values in one, with commas between them: the list takes them apart.
	if (fact.explode === false) return withoutNull({ type: 'array', ...further });
	const items = inner || { ...typeOf(fact.items ?? 'any'), ...valuesOf(fact) };
	return withoutNull({ type: 'array', items: { ...items, ...rules[`${path}[]`] }, ...further });
}

/** @type {(facts: Facts, isClosed: boolean | undefined, rules: Rules, above?: string) => Schema} */
function objectOf(facts, isClosed, rules, above = '') {
	const names = Object.keys(facts)
		.filter((path) => path.startsWith(above))
		.map((path) => path.slice(above.length))
		.filter((name) => !name.includes('.'));
	return {
		type: 'object',
		properties: Object.fromEntries(
			names.map((name) => [name, fieldOf(facts, `${above}${name}`, rules)]),
		),
		required: names.filter((name) => facts[`${above}${name}`]?.required),
		...(isClosed && { additionalProperties: false }),
	};
}

/** @param {Facts} facts @returns {Rules} for the fields of a query */
const rulesOfQuery = (facts) =>
	mapValues(facts, (fact, name) => {
		if (fact.type === 'array') return { maxItems: MOST_VALUES };
		const usual = fact.default ?? DEFAULTS[name];
		return usual === undefined ? {} : { default: usual };
	});

/** For the fields of a body: of a list, for its entries. @param {Facts} facts @returns {Rules} */
const rulesOfBody = (facts) =>
	Object.fromEntries(
		Object.entries(prose.names).map(([name, rule]) => [
			facts[name]?.type === 'array' ? `${name}[]` : name,
			rule,
		]),
	);

/** @param {string} line the request line @returns {{ query?: Schema, body?: Schema, form?: Schema }} */
function schemasOf(line) {
	const operation = api.operations[line];
	if (!operation) throw new TypeError(`${line} is not in Clerk's document`);
	const { query, body, sends, closed } = operation;
	const own = RULES[line] ?? {};
	const entry = body && objectOf(body, closed, { ...rulesOfBody(body), ...own });
	const whole = { ...(sends === 'list' ? { type: 'array', items: entry } : entry), ...own[''] };
	const parameters = query && objectOf(query, false, { ...rulesOfQuery(query), ...own });
	return {
		...(query && { query: { ...parameters, ...(!sends && own['']) } }),
		...(sends && { [sends === 'multipart' ? 'form' : 'body']: whole }),
	};
}

/** Adds to routes what they take. @type {(routes: Record<string, Route | Handler>) => Routes} */
const described = (routes) =>
	mapValues(routes, (route, line) => ({
		...schemasOf(line),
		...(typeof route === 'function' ? { respond: route } : route),
	}));

module.exports = { described, schemasOf };
