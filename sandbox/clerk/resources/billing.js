'use strict';

const { badValue, refusal, refuse } = require('../errors');
const { balanceOf, money, subscriptionOf, subscriptionValues } = require('../records/billing');

/** @param {Row} row */
const entryOf = (row) => ({
	...row,
	object: 'commerce_credit_ledger',
	amount: money(row.amount, row.currency),
	source_type: 'grant',
	source_id: row.id.replace(/^[a-z]+/, 'grant'),
	created_at: new Date(row.created_at).toISOString(),
});

/** The same key again is the same adjustment, and makes no second one. @param {Call} call */
function adjust({ state, row: { id: payer_id }, body }) {
	const { action, idempotency_key, note = null } = body;
	if (body.amount <= 0) refuse(badValue('amount', 'must be greater than zero'));
	const balance = balanceOf(state, payer_id);
	const currency = (body.currency ?? balance?.currency ?? 'USD').toUpperCase();
	const amount = action === 'increase' ? body.amount : -body.amount;
	const entry = { payer_id, amount, currency };

	const [before] = state.creditLedger.where('idempotency_key', idempotency_key);
	if (before) {
		if (Object.entries(entry).every(([name, value]) => before[name] === value)) {
			return entryOf(before);
		}
		const message = 'The idempotency key was used for another adjustment.';
		throw refusal(409, 'idempotency_key_conflict', message, { param_name: 'idempotency_key' });
	}
	if (balance && balance.currency !== currency) {
		refuse(badValue('currency', `must be that of the balance, ${balance.currency}`));
	}
	if ((balance?.amount ?? 0) + amount < 0) refuse(badValue('amount', 'is more than the balance'));
	const about = { id: state.newId('ccl'), idempotency_key, note, created_at: state.clock() };
	return entryOf(state.creditLedger.insert({ ...entry, ...about }));
}

/**
 * What users and organizations have alike.
 *
 * @param {string} path of one of them
 * @param {'user' | 'org'} payer
 * @returns {Record<string, (call: Call) => any>}
 */
const billingOf = (path, payer) => ({
	[`GET ${path}/billing/subscription`]: ({ state, row: { id } }) =>
		subscriptionValues(state, subscriptionOf(state, id, payer)),
	[`GET ${path}/billing/credits`]: ({ state, row: { id } }) => ({
		object: 'commerce_credit_balance',
		balance: balanceOf(state, id),
	}),
	[`POST ${path}/billing/credits`]: adjust,
});

module.exports = { billingOf };
