'use strict';

const { api } = require('../../scripts/lib/clerkApi');
const { undescribed } = require('./prose.json');

/** @type {Record<string, unknown>} */
const BLANK = { string: '', boolean: false, integer: 0, number: 0, array: [], object: {} };

/** Fields of records that the document requires without describing them. @type {Record<string, string[]>} */
const UNDESCRIBED = undescribed;

/** What a required field holds that nothing was said about. @type {(fact: Fact) => unknown} */
function blank({ type, nullable, enum: values, record }) {
	if (nullable || type === 'any') return null;
	if (type !== 'array' && values) return values[0];
	if (type === 'object' && record) return shape(record, {});
	return BLANK[type.split('|')[0] ?? ''] ?? null;
}

/** @param {number} amount in cents @param {string} [currency] */
function money(amount, currency = 'USD') {
	const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
	const symbol = format.formatToParts(0).find(({ type }) => type === 'currency');
	const amount_formatted = format.format(amount / 100);
	return { amount, amount_formatted, currency, currency_symbol: symbol?.value ?? currency };
}

/** Rows hold money as a number of cents. @type {(record: string, value: unknown) => unknown} */
function nested(record, value) {
	if (record === 'CommerceMoneyResponse' && typeof value === 'number') return money(value);
	if (Array.isArray(value)) return value.map((one) => nested(record, one));
	return typeof value === 'object' && value !== null ? shape(record, value) : value;
}

/**
 * A record as Clerk's document has it: the fields that it lists and no others, so that what a row holds
 * beside them (a secret, a password) is in no response, and a blank for each required one that is not given.
 * @param {string} [record] a name in the digest's `records` @param {Values} [values] @returns {Values}
 */
function shape(record = '', values = {}) {
	const facts = Object.entries(api.records[record] ?? {});
	// The document leaves open what the record has.
	if (facts.length === 0) return values;
	const fields = facts.flatMap(([name, fact]) => {
		const value = values[name] === undefined && fact.required ? blank(fact) : values[name];
		if (value === undefined) return [];
		return [[name, fact.record ? nested(fact.record, value) : value]];
	});
	const others = (UNDESCRIBED[record] ?? []).map((name) => [name, values[name]]);
	return Object.fromEntries([...fields, ...others]);
}

module.exports = { money, shape };
