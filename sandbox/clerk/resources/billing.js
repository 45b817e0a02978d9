'use strict';

const { badValue, refusal, refuse } = require('../errors');
const { balanceOf, money, subscriptionOf, subscriptionValues } = require('../records/billing');
const { described } = require('../schemas');
const { shape } = require('../shape');
const { findOrganization } = require('./organizations');
const { findUser } = require('./userWrites');

/** @typedef {import('../state').State} State */

/** @param {import('../resource').Row} row */
const entryOf = (row) =>
	shape('CommerceCreditLedgerResponse', {
		...row,
		object: 'commerce_credit_ledger',
		amount: money(row.amount, row.currency),
		source_type: 'grant',
		source_id: row.id.replace(/^[a-z]+/, 'grant'),
		created_at: new Date(row.created_at).toISOString(),
	});

/**
 * The same key again is the same adjustment, and makes no second one.
 *
 * @param {State} state
 * @param {string} payerId
 * @param {Record<string, any>} body
 */
function adjust(state, payerId, body) {
	if (body.amount <= 0) refuse(badValue('amount', 'must be greater than zero'));
	const balance = balanceOf(state, payerId);
	const currency = (body.currency ?? balance?.currency ?? 'USD').toUpperCase();
	const amount = body.action === 'increase' ? body.amount : -body.amount;

	const [before] = state.creditLedger.where('idempotency_key', body.idempotency_key);
	if (before) {
		const isSame =
			before.payer_id === payerId && before.amount === amount && before.currency === currency;
		if (isSame) return entryOf(before);
		const message = 'The idempotency key was used for another adjustment.';
		throw refusal(409, 'idempotency_key_conflict', message, { param_name: 'idempotency_key' });
	}
	if (balance && balance.currency !== currency) {
		refuse(badValue('currency', `must be that of the balance, ${balance.currency}`));
	}
	if ((balance?.amount ?? 0) + amount < 0) refuse(badValue('amount', 'is more than the balance'));
	const row = {
		id: state.newId('ccl'),
		payer_id: payerId,
		amount,
		currency,
		idempotency_key: body.idempotency_key,
		note: body.note ?? null,
		created_at: state.clock(),
	};
	return entryOf(state.creditLedger.insert(row));
}

/**
 * @param {string} path
 * @param {'user' | 'org'} payer
 * @param {(state: State, params: Record<string, string>) => { id: string }} find
 * @returns {Record<string, import('../server').Route['respond']>}
 */
const billingOf = (path, payer, find) => ({
	[`GET ${path}/billing/subscription`]: ({ state, params }) => {
		const row = subscriptionOf(state, find(state, params).id, payer);
		return shape('CommerceSubscription', subscriptionValues(state, row));
	},
	[`GET ${path}/billing/credits`]: ({ state, params }) => ({
		object: 'commerce_credit_balance',
		balance: balanceOf(state, find(state, params).id),
	}),
	[`POST ${path}/billing/credits`]: ({ state, params, body }) =>
		adjust(state, find(state, params).id, body),
});

module.exports = described({
	...billingOf('/organizations/{organization_id}', 'org', (state, { organization_id: id = '' }) =>
		findOrganization(state, id),
	),
	...billingOf('/users/{user_id}', 'user', (state, { user_id: id = '' }) => findUser(state, id)),
});
