'use strict';

/**
 * An independent oracle for the encoder: the value of a field in the API, written a second time
 * without the code of the engine. It repeats `engine/input/encode` on purpose, as a test that computed
 * its expectation with the encoder itself could not fail. When the encoder is meant to send something
 * else, change both.
 *
 * @typedef {import('../../nodes/Clerk/engine/operation').Field} Field
 */

/** Marks a value that is not sent. */
const NOTHING = Symbol('nothing');

/** @param {unknown} value */
const isBlank = (value) => value === '' || value === null || value === undefined;

/** @param {Field['kind']} kind */
function separatorOf(kind) {
	if (kind === 'certificate') return /,/;
	return kind === undefined || kind === 'externalId' ? /[,\r\n]/ : /[,;\t\r\n]/;
}

/**
 * Kinds without a closed form can hold semicolons and tabs.
 *
 * @param {Field} field @param {unknown} value @returns {string[]}
 */
const entriesOf = ({ kind }, value) =>
	(Array.isArray(value) ? value : String(value).split(separatorOf(kind)))
		.map((entry) => String(entry).trim())
		.filter((entry) => entry !== '');

/** As Clerk keeps it. @param {Field} field @param {string} entry */
function spelled({ kind }, entry) {
	if (kind === 'phoneNumber') return entry.replace(/[^+\d]/g, '');
	const keepsCase =
		kind === undefined ||
		typeof kind === 'object' ||
		kind === 'externalId' ||
		kind === 'certificate';
	return keepsCase ? entry : entry.toLowerCase();
}

/** @type {Record<string, unknown[]>} */
const OF_KIND = {
	emailAddress: [' Ada@Example.com', 'ben+1@mail.example.com'],
	phoneNumber: ['+1 (202) 555-0177', '+442071838750'],
	identifier: ['*@Acme.com', 'Ada@Example.com'],
	domain: ['Acme.com', 'mail.acme.co.uk'],
	ipAddress: ['203.0.113.7'],
	role: ['org:admin', 'org:member'],
	metadataRule: ['keep', 'plan=enterprise'],
	externalId: ['plain_1', 7],
	username: ['Ada', 'ben_2'],
	slug: ['Acme-Corp', 'pine-co'],
	certificate: ['-----BEGIN CERTIFICATE-----\nMIIBSzCB\n-----END CERTIFICATE-----'],
};

/** @param {Field['kind']} kind @returns {unknown[] | undefined} */
const goodOfKind = (kind) =>
	typeof kind === 'object' ? [`${kind.id}1`, `${kind.id}aB2`] : OF_KIND[String(kind)];

/**
 * Returns the expected value in the API of a value that was accepted.
 *
 * @param {Field} field @param {any} value without the frame of a locator
 * @param {boolean} isOnForm
 * @returns {unknown} NOTHING where the field is left out
 */
function expectedOf(field, value, isOnForm) {
	if (isOnForm && isBlank(value) && !field.required && field.type !== 'resourceLocator') {
		return NOTHING;
	}
	if (field.type === 'resourceLocator') return isBlank(value) ? null : String(value).trim();
	if (value === null) return null;
	if (field.type === 'fixedCollection') return field.encode === 'map' ? {} : [];
	if (field.encode === 'list' || field.type === 'multiOptions') {
		const entries = entriesOf(field, value).map((entry) => spelled(field, entry));
		return field.explode === false ? entries.join(',') : entries;
	}
	if (field.kind) return spelled(field, String(value).trim());
	switch (field.type) {
		case 'boolean':
			return String(value).trim().toLowerCase() === 'true';
		case 'number':
			return Number(value);
		case 'json':
			return typeof value === 'string' ? JSON.parse(value) : value;
		case 'assignmentCollection': {
			const { assignments = [] } = value;
			if (assignments.length === 0) return NOTHING;
			return Object.fromEntries(assignments.map((/** @type {any} */ one) => [one.name, one.value]));
		}
		case 'dateTime': {
			if (value === '') return null;
			const date = new Date(value);
			return field.encode === 'isoDate' ? date.toISOString() : date.getTime();
		}
		default:
			return String(value);
	}
}

/** Returns an ID that is sent as it is; where a finder takes such a text for its own, the example in the form. @param {import('../../nodes/Clerk/engine/operation').Locator} locator */
function idOf({ ids, idMode: { placeholder = '' }, finders = [] }) {
	const id = `${ids?.prefix ?? 'plain_'}1`;
	const isTaken = finders.some(({ recognizes }) => recognizes?.(id));
	return isTaken ? placeholder.replace(/^e\.g\. /, '') : id;
}

/** Returns values that a field accepts, so that each kind of encoder is tested with some. @param {Field} field @returns {unknown[]} */
function goodOf({ type, encode, kind, choices, locator, listOf, options = [], typeOptions = {} }) {
	if (locator) return [idOf(locator), ` ${idOf(locator)}\n`];
	if (listOf) return [`${idOf(listOf)}, ${idOf(listOf)}2 ,,${idOf(listOf)}3`, [idOf(listOf)]];
	const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
	if (choices) return [choices.join(','), [choices[0], choices[0]]];
	if (type === 'options') return values;
	if (type === 'multiOptions') return values.length > 0 ? [values, [values[0]]] : [['a', 'b']];
	const entries = goodOfKind(kind);
	const separator = kind === 'externalId' ? ', ' : ';';
	if (encode === 'list' && entries) return [entries.join(separator), entries];
	if (entries) return entries;
	if (encode === 'list') return ['a, b ,,c', ['x', 2]];
	const { minValue = 1, maxValue } = typeOptions;
	switch (type) {
		case 'number':
			return [minValue, String(minValue), ...(maxValue === undefined ? [1_000_003] : [maxValue])];
		case 'boolean':
			return [true, false, 'true', ' FALSE '];
		case 'dateTime':
			return [1_718_000_000_123, '2024-06-10T06:13:20.123Z'];
		case 'json':
			return ['{"a":[1,{"b":null}]}', { a: { __proto__: null, b: 'ü' } }];
		case 'fixedCollection':
			return [];
		case 'assignmentCollection':
			return [{ assignments: [{ name: 'tier', type: 'string', value: 'pro' }] }];
		default:
			return ['plain_1', 7];
	}
}

/** Returns the value under a name with dots; own keys only. @param {any} values @param {string} wire */
const at = (values, wire) =>
	wire
		.split('.')
		.reduce(
			(inner, name) =>
				inner !== null && typeof inner === 'object' && Object.hasOwn(inner, name)
					? inner[name]
					: NOTHING,
			values,
		);

module.exports = { at, expectedOf, goodOf, NOTHING };
