'use strict';

const { fieldsOf } = require('../../../scripts/lib/registry');

/**
 * The form of an operation, held against what the API takes: which fields there are, of which type,
 * with which values and bounds, and what is required.
 *
 * @typedef {import('../../../nodes/Clerk/engine/operation').Mapping} Mapping
 * @typedef {import('../../../nodes/Clerk/engine/operation').Field} Field
 * @typedef {import('../../../scripts/lib/digest').Fact} Fact
 * @typedef {import('../../../scripts/lib/digest').Facts} Facts
 * @typedef {{ path: Facts, query: Facts, body: Facts }} Known what an operation may send
 */

const PLACES = /** @type {const} */ (['path', 'query', 'body']);

/** What the engine sends by itself with every list. */
const OF_PAGING = ['limit', 'offset', 'paginated', 'starting_after'];

/** The types of a form's field that can hold what the API takes. @param {string} type @returns {string[]} */
function fittingTypes(type) {
	switch (type) {
		case 'boolean':
			return ['boolean'];
		case 'integer':
		case 'number':
			return ['number', 'dateTime'];
		case 'object':
			return ['json', 'fixedCollection'];
		case 'array':
			return ['string', 'multiOptions', 'json', 'fixedCollection'];
		case 'string':
			return ['string', 'options', 'resourceLocator', 'dateTime'];
		default:
			return [];
	}
}

/** A query holds text, so a yes or no may be written out. @param {Fact} fact */
const isYesOrNo = ({ enum: values = [] }) => [...values].sort().join() === 'false,true';

/** @param {Field} field @param {Fact} fact @returns {string[]} */
function typeComplaints(field, fact) {
	const type = isYesOrNo(fact) ? 'boolean' : fact.type;
	const fitting = fittingTypes(type);
	if (fitting.length > 0 && !fitting.includes(field.type)) {
		return [`is ${field.type}; the API takes ${type}`];
	}
	const isTable = field.type === 'fixedCollection';
	const sendsList =
		field.encode === 'list' || field.type === 'multiOptions' || (isTable && field.encode !== 'map');
	if (type === 'array' && !sendsList && field.type !== 'json') return ['does not send a list'];
	if (type !== 'array' && type !== 'any' && sendsList)
		return [`sends a list; the API takes ${type}`];
	if (type === 'object' && !isTable && field.encode !== 'object')
		return ['takes other JSON than an object'];
	if (field.type === 'dateTime' && (field.encode === 'isoDate') !== (type === 'string')) {
		return [
			`sends a date as ${field.encode === 'isoDate' ? 'text' : 'a number'}; the API takes ${type}`,
		];
	}
	if ((fact.explode === false) !== (field.explode === false)) {
		return [`is ${fact.explode === false ? 'one value with commas' : 'a repeated key'} in the API`];
	}
	return [];
}

/** @param {Field} field @param {Fact} fact @returns {string[]} */
function enumComplaints(field, fact) {
	if (!fact.enum || isYesOrNo(fact)) return [];
	// Without them, what is misspelt is found by the API only, after other items were changed.
	const { type, choices, options = [] } = field;
	if (type === 'boolean' || field.locator) return [];
	const offered = choices ?? options.map((option) => String(/** @type {any} */ (option).value));
	if (offered.length === 0) return ['is free text; the API takes certain values'];
	const documented = fact.enum.map(String);
	const more = offered.filter((value) => !documented.includes(value));
	const fewer = documented.filter((value) => value !== '' && !offered.includes(value));
	return [
		...(more.length > 0 ? [`offers ${more.join(', ')}, which the API does not know`] : []),
		...(fewer.length > 0 ? [`does not offer ${fewer.join(', ')}`] : []),
	];
}

/** @param {Field} field @param {Fact} fact @returns {string[]} */
function boundComplaints({ type, typeOptions = {} }, fact) {
	if (type !== 'number') return [];
	const { minValue, maxValue, numberPrecision } = typeOptions;
	const isWhole = numberPrecision === 0;
	// Of what counts whole units, the first one above a minimum that is itself refused.
	const least =
		fact.minimum !== undefined && fact.exclusiveMinimum ? fact.minimum + 1 : fact.minimum;
	return [
		...(least !== undefined && (minValue ?? -Infinity) < least
			? [`allows ${minValue ?? 'any number below'}; the API takes ${least} and more`]
			: []),
		...((minValue ?? -Infinity) > (least ?? -Infinity)
			? [`refuses less than ${minValue}; the API takes ${least ?? 'any number'}`]
			: []),
		...((maxValue ?? Infinity) > (fact.maximum ?? Infinity)
			? [`has no bound of ${fact.maximum}, which the API has`]
			: []),
		...((maxValue ?? Infinity) < (fact.maximum ?? Infinity)
			? [`refuses more than ${maxValue}; the API takes ${fact.maximum ?? 'any number'}`]
			: []),
		...(fact.type === 'integer' && !isWhole ? ['takes fractions; the API takes integers'] : []),
		...(fact.type === 'number' && isWhole ? ['takes no fractions; the API does'] : []),
	];
}

/** @param {Field} field @param {Fact} fact @returns {string[]} */
const emptinessComplaints = ({ required, neverEmpty }, { minItems = 0 }) =>
	minItems > 0 && !required && !neverEmpty ? ['may be empty; the API takes one and more'] : [];

/** Whether a field is one of the operation's, and no column of a table. @param {Mapping} operation @param {Field} field */
const isOwn = ({ body = [] }, field) => body.includes(field);

/** A table that is empty is refused, and what must not be empty is never null. @param {Field} field @param {string} place @param {Fact} fact */
function nullComplaints({ type, required, neverEmpty, file, nullable = false }, place, fact) {
	if (place !== 'body' || required || neverEmpty || file || type === 'fixedCollection') return [];
	if (nullable === (fact.nullable === true)) return [];
	return [nullable ? 'can be null; the API takes none' : 'cannot be null; the API takes null'];
}

/** @param {Facts} facts @param {string} wire */
const hasParts = (facts, wire) => Object.keys(facts).some((name) => name.startsWith(`${wire}.`));

/** @param {string} wire */
const objectOf = (wire) => wire.split('.').slice(0, -1).join('.');

/** What stands in an object with free keys is the form's own affair. @param {Known} known @param {string} wire */
function isWithinFree({ body }, wire) {
	const [above] = wire.split('.');
	return (
		wire.includes('.') && ['object', 'any'].includes(body[above]?.type) && !hasParts(body, above)
	);
}

/** Whether a field is needed: in an object that may be left out nothing is, in a row of a table what the row needs. @param {Facts} facts @param {string} wire @returns {boolean} */
function isReached(facts, wire) {
	const above = objectOf(wire);
	if (above === '') return true;
	const fact = facts[above];
	return fact.type === 'array' || (fact.required === true && isReached(facts, above));
}

/**
 * An object that may be left out has what it must have as soon as anything else of it is given.
 *
 * @param {Mapping} operation @param {Known} known @returns {string[]}
 */
function togetherLines(operation, known) {
	const fields = fieldsOf(operation);
	return PLACES.flatMap((place) =>
		Object.entries(known[place])
			.filter(([wire, { required }]) => required && !isReached(known[place], wire))
			.flatMap(([wire]) => {
				const needed = fields.find((one) => one.in === place && one.wire === wire);
				if (!needed || needed.required) return [];
				return fields
					.filter(
						(one) => one.in === place && one !== needed && objectOf(one.wire) === objectOf(wire),
					)
					.filter(({ field }) => field.needs !== needed.field.name)
					.map(({ parameter }) => `${parameter} goes without ${wire}, which the API then requires`);
			}),
	);
}

/** @param {Mapping} operation @param {Known} known @returns {string[]} */
function fieldLines(operation, known) {
	return fieldsOf(operation).flatMap(({ field, wire, parameter, in: place, required }) => {
		const at = `${parameter} (${place} ${wire})`;
		const facts = known[/** @type {'body'} */ (place)] ?? {};
		const fact = facts[wire];
		if (!fact) return isWithinFree(known, wire) ? [] : [`${at} is unknown to the API`];
		// Of a list that several items share, the form holds one entry.
		const isEntry = wire === operation.batch?.list;
		/** @type {Fact} */
		const entry = isEntry ? { ...fact, type: fact.items ?? 'any' } : fact;
		const isNeeded = fact.required === true && isReached(facts, wire);
		return [
			...(isNeeded === required ? [] : [`is ${isNeeded ? '' : 'not '}required in the API`]),
			...typeComplaints(field, entry),
			...enumComplaints(field, entry),
			...boundComplaints(field, entry),
			...(isEntry ? [] : emptinessComplaints(field, entry)),
			...(isOwn(operation, field) ? nullComplaints(field, place, entry) : []),
		].map((line) => `${at} ${line}`);
	});
}

/** @param {Mapping} operation @param {Known} known @param {Partial<Known>} own without what a second request takes @returns {string[]} */
function missingLines(operation, known, own) {
	const omitted = Object.keys(operation.omitted ?? {});
	/** @type {Record<string, string[]>} */
	const ofNode = {
		query: [
			...Object.keys(operation.always ?? {}),
			...(operation.returns.kind === 'list' ? OF_PAGING : []),
		],
	};
	const fields = fieldsOf(operation);
	const missing = PLACES.flatMap((place) => {
		const sent = [
			...fields.filter((field) => field.in === place).map(({ wire }) => wire),
			...omitted.filter((wire) => known[place][wire]),
			...(ofNode[place] ?? []),
		];
		// A field for the whole of an object covers its parts, and fields for all of its parts the whole.
		const isPartOfWhole = (/** @type {string} */ wire) =>
			sent.some((other) => wire.startsWith(`${other}.`) && !hasPartsIn(sent, other));
		const isCovered = (/** @type {string} */ wire) =>
			sent.includes(wire) || hasPartsIn(sent, wire) || isPartOfWhole(wire);
		return Object.keys(own[place] ?? {})
			.filter((wire) => !isCovered(wire))
			.map((wire) => `${place} ${wire} is neither on the form nor omitted`);
	});
	const unknown = omitted.filter((wire) => !PLACES.some((place) => known[place][wire]));
	return [...missing, ...unknown.map((wire) => `omits ${wire}, which the API does not know`)];
}

/** @param {string[]} wires @param {string} wire */
const hasPartsIn = (wires, wire) => wires.some((other) => other.startsWith(`${wire}.`));

/** Lines about a form; none where it is as the API has it. @param {Mapping} operation @param {Known} known @param {Partial<Known>} own @returns {string[]} */
const formLines = (operation, known, own) => [
	...fieldLines(operation, known),
	...togetherLines(operation, known),
	...missingLines(operation, known, own),
];

module.exports = { formLines, hasParts, objectOf };
