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
 * @property {{ form: unknown, sent: unknown }} filled
 * @property {{ form: unknown, sent?: unknown, refused?: true }} [cleared] absent where there is nothing to clear
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
 * @property {PlannedField['filled']} filled
 * @property {PlannedField['filled']} [cleared] absent of a choice, which has no empty value
 */

/** @type {(property: Record<string, unknown>, filled: [form: unknown, sent: unknown], cleared?: [form: unknown, sent: unknown]) => Shape} */
const shape = (property, filled, cleared) => ({
	property,
	filled: { form: filled[0], sent: filled[1] },
	...(cleared && { cleared: { form: cleared[0], sent: cleared[1] } }),
});

/** @param {Fact} fact @param {string} name @returns {Shape} */
function shapeOf(fact, name) {
	const { type, items, enum: values = [], format, minimum: number = 1 } = fact;
	if (type === 'boolean') {
		// A switch in a collection is added to turn it on.
		const property = { type: 'boolean', default: fact.required !== true };
		return shape(property, [true, true], [false, false]);
	}
	if (type === 'integer' || type === 'number') {
		const property = { type: 'number', ...boundsOf(fact), default: number };
		return shape(property, [number, number], [null, null]);
	}
	if (type === 'array' && values.length > 0) {
		const two = values.slice(0, 2);
		const property = { type: 'multiOptions', ...choicesOf(values), default: [] };
		return shape(property, [two, two], [[], []]);
	}
	// A list of objects needs a table, whose columns are chosen by hand; JSON works until then.
	if (type === 'array' && (items === 'object' || items === 'array'))
		return shape({ type: 'json', default: '[]' }, ['[{}]', [{}]], ['[]', []]);
	if (type === 'array') {
		const property = { type: 'string', default: '', encode: 'list' };
		return shape(property, ['a, b', ['a', 'b']], ['', []]);
	}
	if (type === 'object') {
		const property = { type: 'json', default: '{}', encode: 'object' };
		return shape(property, ['{"key":1}', { key: 1 }], [null, null]);
	}
	if (values.length > 0) {
		const property = { type: 'options', ...choicesOf(values), default: values[0] };
		return shape(property, [values[0], values[0]]);
	}
	if (format === 'date-time') {
		const at = '2026-01-02T03:04:05.000Z';
		return shape({ type: 'dateTime', default: '', encode: 'isoDate' }, [at, at], [null, null]);
	}
	const text = `${name.replace(/_?id$/i, '')}_1`;
	const hidden = SECRET.test(name.replace(/_/g, '')) && { typeOptions: { password: true } };
	return shape({ type: 'string', ...hidden, default: '' }, [text, text], ['', '']);
}

/** A query is text, and a list of one like what is no list. @param {unknown} value @param {Fact} fact @returns {unknown} */
function asText(value, { explode }) {
	if (!Array.isArray(value)) return String(value);
	return value.length > 1 && explode !== false ? value.map(String) : value.join(',');
}

/** An ID of this kind of record, which is not looked up. @param {string} locator @param {unknown} text */
function idOf(locator, text) {
	const { ids } = /** @type {import('../../nodes/Clerk/engine/operation').Locator} */ (
		locators[/** @type {keyof typeof locators} */ (locator)]
	);
	return ids ? `${ids.prefix}1` : text;
}

/** @param {PlannedField['location']} location @param {string} wire @param {Fact} fact @returns {PlannedField} */
function fieldOf(location, wire, fact) {
	const parameter = parameterOf(wire.replaceAll('.', '_'));
	const isText = fact.type === 'string' && !fact.enum;
	const locator = isText ? locatorFor(parameter, locators) : undefined;
	const required = fact.required === true;
	const neverEmpty = (fact.minItems ?? 0) > 0;
	const nullable = location === 'body' && fact.nullable === true && !required && !neverEmpty;
	const { property, filled, cleared: emptied } = shapeOf(fact, wire);
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
	const inForm = (/** @type {unknown} */ value) =>
		locator ? { __rl: true, mode: 'id', value } : value;
	const onWire = (/** @type {unknown} */ value) => (inQuery ? asText(value, fact) : value);
	const isNull = locator !== undefined || emptied?.sent === null;
	// An empty filter would list everybody; null is sent where Clerk takes it.
	const isRefused =
		required ||
		neverEmpty ||
		(inQuery && fact.type !== 'boolean') ||
		(location === 'body' && isNull && !nullable);
	// A choice has no empty value, but an expression may give none.
	const empty = emptied ?? (required ? { form: '', sent: '' } : undefined);
	return {
		location,
		parameter,
		wire,
		required,
		locator,
		source: locator
			? `locate('${locator}', {${required ? 'required: true, ' : ''}${nullable ? 'nullable: true, ' : ''}description: '${description}'})`
			: JSON.stringify(source),
		filled: locator
			? { form: inForm(idOf(locator, filled.form)), sent: onWire(idOf(locator, filled.sent)) }
			: { form: inForm(filled.form), sent: onWire(filled.sent) },
		cleared:
			empty &&
			(isRefused
				? { form: inForm(empty.form ?? ''), refused: true }
				: { form: inForm(empty.form), sent: locator ? null : onWire(empty.sent) }),
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
