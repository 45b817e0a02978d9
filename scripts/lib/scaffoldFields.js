'use strict';

const { locators } = require('../../nodes/Clerk/fields/locators');
const { snakeCase } = require('../../nodes/Clerk/engine/operation');
const { locatorFor, parameterOf, title, WRITTEN_BY_HAND } = require('./words');

/**
 * The fields that Clerk's document gives an operation → n8n properties, as source, and what to fill in
 * for the golden examples. Pure.
 *
 * @typedef {import('./digest').Fact} Fact
 * @typedef {import('./digest').OperationFacts} OperationFacts
 *
 * @typedef {object} ScaffoldedField
 * @property {'query' | 'body'} place
 * @property {string} parameter @property {string} wire
 * @property {boolean} required
 * @property {string} [locator] the kind of record it points at
 * @property {string} source of the property; of a locator nothing
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
 * What n8n draws for a fact, with a value that people could give, and what that is in JSON.
 *
 * @param {Fact} fact @param {string} name
 * @returns {{ property: Record<string, unknown>, filled: ScaffoldedField['filled'], cleared?: ScaffoldedField['cleared'] }}
 */
function shapeOf(fact, name) {
	const { type, items, enum: values, minItems = 0 } = fact;
	if (type === 'boolean') {
		return {
			property: { type: 'boolean', default: false },
			filled: { form: true, sent: true },
			cleared: { form: false, sent: false },
		};
	}
	if (type === 'integer' || type === 'number') {
		const number = fact.minimum ?? 1;
		return {
			property: { type: 'number', ...boundsOf(fact), default: number },
			filled: { form: number, sent: number },
			cleared: { form: null, sent: null },
		};
	}
	if (type === 'array') return shapeOfList(items, values, minItems);
	if (type === 'object') {
		return {
			property: { type: 'json', default: '{}', encode: 'object' },
			filled: { form: '{"key":1}', sent: { key: 1 } },
			cleared: { form: null, sent: null },
		};
	}
	if (values && values.length > 0) {
		return {
			property: { type: 'options', ...choicesOf(values), default: values[0] },
			filled: { form: values[0], sent: values[0] },
		};
	}
	if (fact.format === 'date-time') {
		const at = '2026-01-02T03:04:05.000Z';
		return {
			property: { type: 'dateTime', default: '', encode: 'isoDate' },
			filled: { form: at, sent: at },
			cleared: { form: null, sent: null },
		};
	}
	const hidden = SECRET.test(name.replace(/_/g, '')) && { typeOptions: { password: true } };
	return {
		property: { type: 'string', ...hidden, default: '' },
		filled: { form: `${name}_1`, sent: `${name}_1` },
		cleared: { form: '', sent: '' },
	};
}

/** @param {string | undefined} items @param {Fact['enum']} values @param {number} minItems */
function shapeOfList(items, values, minItems) {
	const mustHold = minItems > 0 && { neverEmpty: true };
	const refusal = minItems > 0 && { refused: /** @type {const} */ (true) };
	if (values && values.length > 0) {
		return {
			property: { type: 'multiOptions', ...choicesOf(values), default: [], ...mustHold },
			filled: { form: values.slice(0, 2), sent: values.slice(0, 2) },
			cleared: { form: [], sent: [], ...refusal },
		};
	}
	// Of objects it wants a table, whose columns somebody has to choose; JSON works until then.
	if (items === 'object' || items === 'array') {
		return {
			property: { type: 'json', default: '[]', ...mustHold },
			filled: { form: '[{}]', sent: [{}] },
			cleared: { form: '[]', sent: [], ...refusal },
		};
	}
	return {
		property: { type: 'string', default: '', encode: 'list', ...mustHold },
		filled: { form: 'a, b', sent: ['a', 'b'] },
		cleared: { form: '', sent: [], ...refusal },
	};
}

/** A query is text, and a list of one like what is no list. @param {unknown} value @param {Fact} fact @returns {unknown} */
function asText(value, { explode }) {
	if (!Array.isArray(value)) return String(value);
	return value.length > 1 && explode !== false ? value.map(String) : value.join(',');
}

/** @param {'query' | 'body'} place @param {string} wire @param {Fact} fact @returns {ScaffoldedField} */
function fieldOf(place, wire, fact) {
	const parameter = parameterOf(wire.replaceAll('.', '_'));
	const isText = fact.type === 'string' && !fact.enum;
	const locator = isText ? locatorFor(parameter, locators) : undefined;
	const required = fact.required === true;
	const { property, filled, cleared: emptied } = shapeOf(fact, wire);
	// A choice has no empty value, but an expression may give none.
	const cleared = emptied ?? (required ? { form: '' } : undefined);
	const description = `${property.type === 'boolean' ? 'Whether ' : ''}${WRITTEN_BY_HAND}: what it is`;
	const { encode, neverEmpty, default: usual, ...drawn } = property;
	const source = {
		displayName: wire.split('.').map(title).join(': '),
		name: parameter,
		...drawn,
		...(required && { required }),
		default: usual,
		description,
		...(encode !== undefined && { encode }),
		...(neverEmpty === true && !required && { neverEmpty }),
		...(snakeCase(parameter) !== wire && { wire }),
		...(fact.explode === false && { explode: false }),
	};
	const inQuery = place === 'query';
	// An empty filter would list everybody.
	const isRefused = required || cleared?.refused || (inQuery && fact.type !== 'boolean');
	const isShown = { __rl: true, mode: 'id' };
	return {
		place,
		parameter,
		wire,
		required,
		locator,
		source: locator
			? `locate('${locator}', {${required ? 'required: true, ' : ''}description: '${description}'})`
			: JSON.stringify(source),
		filled: {
			form: locator ? { ...isShown, value: filled.form } : filled.form,
			sent: inQuery ? asText(filled.sent, fact) : filled.sent,
		},
		cleared: cleared && {
			form: locator
				? { ...isShown, value: '' }
				: isRefused && cleared.form === null
					? ''
					: cleared.form,
			...(isRefused
				? { refused: true }
				: { sent: locator ? null : inQuery ? asText(cleared.sent, fact) : cleared.sent }),
		},
	};
}

/**
 * An object with fields of its own is drawn by those, an object of any JSON as itself.
 *
 * @param {OperationFacts} facts
 * @returns {ScaffoldedField[]}
 */
function scaffoldedFields(facts) {
	return /** @type {const} */ (['query', 'body']).flatMap((place) => {
		const known = facts[place] ?? {};
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
			.map(([wire, fact]) => fieldOf(place, wire, fact));
	});
}

module.exports = { scaffoldedFields };
