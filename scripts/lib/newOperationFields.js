'use strict';

const { locators } = require('../../nodes/Clerk/fields/locators');
const { snakeCase } = require('../../nodes/Clerk/engine/operation');
const { ORDER } = require('./digest');
const { locatorFor, parameterOf, title, words, WRITTEN_BY_HAND } = require('./words');

/**
 * The fields of a new operation, from its path and what Clerk's document says: n8n properties, as
 * source, and what to fill in for the golden examples. Pure.
 *
 * @typedef {import('./digest').Fact} Fact
 * @typedef {import('./digest').OperationFacts} OperationFacts
 *
 * @typedef {object} PlannedField
 * @property {'path' | 'query' | 'body'} location
 * @property {string} parameter @property {string} wire
 * @property {boolean} required
 * @property {string} [locator] the kind of record it points at
 * @property {string} source of the property
 * @property {Value} filled
 * @property {Value & { refused: boolean }} [cleared] absent where there is nothing to clear
 *
 * @typedef {{ form: unknown, sent: unknown }} Value in the form, and as it is sent
 */

/** What the engine sends with a list by itself. */
const OF_PAGING = ['limit', 'offset', 'paginated', 'starting_after'];

const SECRET = /token|secret|password|apikey/i;

/** @param {Fact} fact */
function boundsOf({ type, minimum, maximum, exclusiveMinimum }) {
	const bounds = {
		minValue: minimum !== undefined && exclusiveMinimum ? minimum + 1 : minimum,
		maxValue: maximum,
		numberPrecision: type === 'integer' ? 0 : undefined,
	};
	const known = Object.entries(bounds).filter(([, value]) => value !== undefined);
	return known.length > 0 ? { typeOptions: Object.fromEntries(known) } : {};
}

/** @param {NonNullable<Fact['enum']>} values */
const choicesOf = (values) => ({
	options: values
		.map((value) => ({ name: title(String(value)), value }))
		.sort((a, b) => a.name.localeCompare(b.name, 'en')),
});

/**
 * @typedef {object} Shape how n8n draws a fact, with a value that people could give
 * @property {Record<string, unknown>} property
 * @property {[form: unknown, sent: unknown]} filled
 * @property {[form: unknown, sent: unknown]} [cleared] absent of a choice, which has no empty value
 */

/** @param {Fact} fact @param {string} name @returns {Shape} */
function shapeOf(fact, name) {
	const { type, items, enum: values = [], format, minimum: number = 1 } = fact;
	const isChoice = values.length > 0;
	switch (type) {
		case 'boolean': {
			// A switch in a collection is added to turn it on.
			const property = { type: 'boolean', default: fact.required !== true };
			return { property, filled: [true, true], cleared: [false, false] };
		}
		case 'integer':
		case 'number': {
			const property = { type: 'number', ...boundsOf(fact), default: number };
			return { property, filled: [number, number], cleared: [null, null] };
		}
		case 'object': {
			const property = { type: 'json', default: '{}', encode: 'object' };
			return { property, filled: ['{"key":1}', { key: 1 }], cleared: [null, null] };
		}
		case 'array': {
			if (isChoice) {
				const two = values.slice(0, 2);
				const property = { type: 'multiOptions', ...choicesOf(values), default: [] };
				return { property, filled: [two, two], cleared: [[], []] };
			}
			// A list of objects needs a table, whose columns are chosen by hand; JSON works until then.
			if (items === 'object' || items === 'array') {
				const property = { type: 'json', default: '[]' };
				return { property, filled: ['[{}]', [{}]], cleared: ['[]', []] };
			}
			const property = { type: 'string', default: '', encode: 'list' };
			return { property, filled: ['a, b', ['a', 'b']], cleared: ['', []] };
		}
	}
	if (isChoice) {
		const property = { type: 'options', ...choicesOf(values), default: values[0] };
		return { property, filled: [values[0], values[0]] };
	}
	if (format === 'date-time') {
		const at = '2026-01-02T03:04:05.000Z';
		const property = { type: 'dateTime', default: '', encode: 'isoDate' };
		return { property, filled: [at, at], cleared: [null, null] };
	}
	const text = `${name.replace(/_?id$/i, '')}_1`;
	const hidden = SECRET.test(name.replace(/_/g, '')) && { typeOptions: { password: true } };
	const property = { type: 'string', ...hidden, default: '' };
	return { property, filled: [text, text], cleared: ['', ''] };
}

/** A record of a kind, chosen by an ID that is not looked up. @param {string} kind @param {Shape} drawn @returns {Shape} */
function locatedShape(kind, { property, filled: [text] }) {
	const { ids } = /** @type {import('../../nodes/Clerk/engine/operation').Locator} */ (
		locators[/** @type {keyof typeof locators} */ (kind)]
	);
	const inForm = (/** @type {unknown} */ value) => ({ __rl: true, mode: 'id', value });
	const id = ids ? `${ids.prefix}1` : text;
	return { property, filled: [inForm(id), id], cleared: [inForm(''), null] };
}

/** A query is text, and a list of one like what is no list. @param {unknown} value @param {Fact} fact @returns {unknown} */
function asText(value, { explode }) {
	if (!Array.isArray(value)) return String(value);
	return value.length > 1 && explode !== false ? value.map(String) : value.join(',');
}

/** @param {PlannedField['location']} location @param {string} wire @param {Fact} fact @returns {PlannedField} */
function fieldOf(location, wire, fact) {
	const parameter = parameterOf(wire.replaceAll('.', '_'));
	const isText = fact.type === 'string' && !fact.enum;
	const locator = isText ? locatorFor(parameter, locators) : undefined;
	const required = fact.required === true;
	const neverEmpty = (fact.minItems ?? 0) > 0;
	const nullable = location === 'body' && fact.nullable === true && !required && !neverEmpty;
	const plain = shapeOf(fact, wire);
	const { property, filled, cleared } = locator ? locatedShape(locator, plain) : plain;
	const { encode, default: usual, ...drawn } = property;
	const what = locator ? `which ${words(locator)}` : 'what it is';
	const description = `${property.type === 'boolean' ? 'Whether ' : ''}${WRITTEN_BY_HAND}: ${what}`;
	const source = {
		displayName: wire
			.split('.')
			.map((part) => title(parameterOf(part)))
			.join(': '),
		name: parameter,
		...drawn,
		...(required && { required }),
		default: usual,
		description,
		...(encode !== undefined && { encode }),
		...(neverEmpty && !required && { neverEmpty }),
		...(nullable && { nullable }),
		...(snakeCase(parameter) !== wire && { wire }),
		...(fact.explode === false && { explode: false }),
		...(wire === ORDER && { section: 'options' }),
	};
	const inQuery = location === 'query';
	// A choice has no empty value, but an expression may give none.
	const empty = cleared ?? (required ? /** @type {[string, string]} */ (['', '']) : undefined);
	// An empty filter would list everybody; null is sent where Clerk takes it.
	const refused =
		required ||
		neverEmpty ||
		(inQuery && fact.type !== 'boolean') ||
		(location === 'body' && empty?.[1] === null && !nullable);
	const valueOf = (/** @type {[unknown, unknown]} */ [form, sent]) => ({
		form,
		sent: inQuery ? asText(sent, fact) : sent,
	});
	return {
		location,
		parameter,
		wire,
		required,
		locator,
		source: locator
			? `locate('${locator}', {${required ? 'required: true, ' : ''}${nullable ? 'nullable: true, ' : ''}description: '${description}'})`
			: JSON.stringify(source),
		filled: valueOf(filled),
		// What is refused is emptied as people do it, also where null is the empty value.
		cleared: empty && { ...valueOf(refused ? [empty[0] ?? '', ''] : empty), refused },
	};
}

/**
 * An object with fields of its own is drawn by those, an object of any JSON as itself.
 *
 * @param {string} path
 * @param {OperationFacts} facts
 * @returns {PlannedField[]}
 */
function plannedFields(path, facts) {
	const ofPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) =>
		fieldOf('path', name, { type: 'string', required: true }),
	);
	const others = /** @type {const} */ (['query', 'body']).flatMap((location) => {
		const known = facts[location] ?? {};
		const isWithinList = (/** @type {string} */ wire) =>
			Object.keys(known).some(
				(above) => wire.startsWith(`${above}.`) && known[above].type === 'array',
			);
		const isDrawnByParts = (/** @type {string} */ wire) =>
			known[wire].type === 'object' &&
			!known[wire].open &&
			Object.keys(known).some((name) => name.startsWith(`${wire}.`));
		return Object.entries(known)
			.filter(([wire]) => !(facts.list !== undefined && OF_PAGING.includes(wire)))
			.filter(([wire]) => !isWithinList(wire) && !isDrawnByParts(wire))
			.map(([wire, fact]) => fieldOf(location, wire, fact));
	});
	return [...ofPath, ...others];
}

module.exports = { plannedFields };
