'use strict';

const { api } = require('../../scripts/lib/clerkApi');
const { UNDESCRIBED } = require('./prose');

/** @typedef {import('../../scripts/lib/digest').Fact} Fact */

/** @type {Record<string, unknown>} */
const BLANK = { string: '', boolean: false, integer: 0, number: 0, array: [], object: {} };

/** What a required field holds that nothing was said about. @param {Fact} fact @returns {unknown} */
function blank({ type, nullable, enum: values, record }) {
	if (nullable || type === 'any') return null;
	if (type !== 'array' && values) return values[0];
	if (type === 'object' && record) return shape(record, {});
	return BLANK[type.split('|')[0] ?? ''] ?? null;
}

/** @param {string} record @param {unknown} value @returns {unknown} */
function nested(record, value) {
	if (Array.isArray(value)) return value.map((one) => nested(record, one));
	return typeof value === 'object' && value !== null ? shape(record, value) : value;
}

/**
 * A record as Clerk's document has it: the fields that it lists and no others, so that what a row holds
 * beside them (a secret, a password) is in no response, and a blank for each required one that is not given.
 *
 * @param {string | undefined} record a name in the digest's `records`
 * @param {Record<string, any>} values
 * @returns {Record<string, any>}
 */
function shape(record, values) {
	const facts = Object.entries(api.records[record ?? ''] ?? {});
	// The document leaves open what the record has.
	if (facts.length === 0) return values;
	const fields = facts.flatMap(([name, fact]) => {
		const value = values[name] === undefined && fact.required ? blank(fact) : values[name];
		if (value === undefined) return [];
		return [[name, fact.record ? nested(fact.record, value) : value]];
	});
	const others = (UNDESCRIBED[record ?? ''] ?? []).map((name) => [name, values[name]]);
	return Object.fromEntries([...fields, ...others]);
}

module.exports = { shape };
