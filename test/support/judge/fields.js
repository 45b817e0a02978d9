'use strict';

const { fieldsOf } = require('../../../scripts/lib/registry');

/**
 * Compares the form of an operation with the API: its fields, their types, values and bounds, and
 * which of them are required.
 *
 * @typedef {import('../../../nodes/Clerk/engine/operation').Mapping} Mapping
 * @typedef {import('../../../nodes/Clerk/engine/operation').Field} Field
 * @typedef {import('../../../scripts/lib/digest').Fact} Fact
 * @typedef {import('../../../scripts/lib/digest').Facts} Facts
 * @typedef {{ path: Facts, query: Facts, body: Facts }} Known the fields that an operation may send
 */

const LOCATIONS = /** @type {const} */ (['path', 'query', 'body']);

/** Parameters that the engine itself sends with lists. */
const OF_PAGING = ['limit', 'offset', 'paginated', 'starting_after'];

/** Returns the types of a form's field that fit a type of the API. @param {string} type @returns {string[]} */
function fittingTypes(type) {
	switch (type) {
		case 'boolean':
			return ['boolean'];
		case 'integer':
		case 'number':
			return ['number', 'dateTime'];
		case 'object':
			return ['json', 'fixedCollection', 'assignmentCollection'];
		case 'array':
			return ['string', 'multiOptions', 'json', 'fixedCollection'];
		case 'string':
			return ['string', 'options', 'resourceLocator', 'dateTime'];
		default:
			return [];
	}
}

/** Whether an enum is a boolean written as text, as in a query. @param {Fact} fact */
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
	// Without choices, only the API finds a misspelt value, after other items were changed.
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
	// An exclusive minimum of whole numbers: the next one is the least that is accepted.
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

/** Whether the request holds a file: in multipart an empty part is left out. @param {Mapping} operation */
const isMultipart = ({ body = [] }) => body.some(({ file }) => file);

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

/** Whether a field is within an object with free keys, which the form may fill in as it likes. @param {Known} known @param {string} wire */
function isWithinFree({ body }, wire) {
	const [above] = wire.split('.');
	return (
		wire.includes('.') && ['object', 'any'].includes(body[above]?.type) && !hasParts(body, above)
	);
}

/**
 * Whether a required field must always be sent: not if it is in an optional object, but in every row
 * of a table.
 *
 * @param {Facts} facts @param {string} wire @returns {boolean}
 */
function isReached(facts, wire) {
	const above = objectOf(wire);
	if (above === '') return true;
	const fact = facts[above];
	return fact.type === 'array' || (fact.required === true && isReached(facts, above));
}

/**
 * Checks that the fields of an optional object need its required fields.
 *
 * @param {Mapping} operation @param {Known} known @returns {string[]}
 */
function togetherLines(operation, known) {
	const fields = fieldsOf(operation);
	return LOCATIONS.flatMap((location) =>
		Object.entries(known[location])
			.filter(([wire, { required }]) => required && !isReached(known[location], wire))
			.flatMap(([wire]) => {
				const needed = fields.find((one) => one.in === location && one.wire === wire);
				if (!needed || needed.required) return [];
				return fields
					.filter(
						(one) => one.in === location && one !== needed && objectOf(one.wire) === objectOf(wire),
					)
					.filter(({ field }) => field.needs !== needed.field.name)
					.map(({ parameter }) => `${parameter} goes without ${wire}, which the API then requires`);
			}),
	);
}

/** @param {Mapping} operation @param {Known} known @returns {string[]} */
function fieldLines(operation, known) {
	return fieldsOf(operation).flatMap(({ field, wire, parameter, in: location, required }) => {
		const at = `${parameter} (${location} ${wire})`;
		const facts = known[/** @type {'body'} */ (location)] ?? {};
		const fact = facts[wire];
		if (!fact) return isWithinFree(known, wire) ? [] : [`${at} is unknown to the API`];
		// Of the list of a batch, the form has a single entry.
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
			...(isOwn(operation, field) && !isMultipart(operation)
				? nullComplaints(field, location, entry)
				: []),
		].map((line) => `${at} ${line}`);
	});
}

/** @param {Mapping} operation @param {Known} known @param {Partial<Known>} own without the fields of a second request @returns {string[]} */
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
	const missing = LOCATIONS.flatMap((location) => {
		const sent = [
			...fields.filter((field) => field.in === location).map(({ wire }) => wire),
			...omitted.filter((wire) => known[location][wire]),
			...(ofNode[location] ?? []),
		];
		// A field for a whole object covers its parts, and fields for its parts cover the object.
		const isPartOfWhole = (/** @type {string} */ wire) =>
			sent.some((other) => wire.startsWith(`${other}.`) && !hasPartsIn(sent, other));
		const isCovered = (/** @type {string} */ wire) =>
			sent.includes(wire) || hasPartsIn(sent, wire) || isPartOfWhole(wire);
		return Object.keys(own[location] ?? {})
			.filter((wire) => !isCovered(wire))
			.map((wire) => `${location} ${wire} is neither on the form nor omitted`);
	});
	const unknown = omitted.filter((wire) => !LOCATIONS.some((location) => known[location][wire]));
	return [...missing, ...unknown.map((wire) => `omits ${wire}, which the API does not know`)];
}

/** @param {string[]} wires @param {string} wire */
const hasPartsIn = (wires, wire) => wires.some((other) => other.startsWith(`${wire}.`));

/** Returns a line for each disagreement of a form with the API. @param {Mapping} operation @param {Known} known @param {Partial<Known>} own @returns {string[]} */
const formLines = (operation, known, own) => [
	...fieldLines(operation, known),
	...togetherLines(operation, known),
	...missingLines(operation, known, own),
];

module.exports = { formLines, hasParts, objectOf };
