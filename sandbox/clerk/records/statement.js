'use strict';

const { MONTH, feeOf, money, presentSubscriptionItem } = require('./billing');

/** @typedef {import('../state').State} State */
/** @typedef {import('./billing').SubscriptionRow} SubscriptionRow */

/** Who pays, as a statement names them. @param {State} state @param {string} payerId */
function presentPayer(state, payerId) {
	const user = state.users.get(payerId);
	const organization = state.organizations.get(payerId);
	return {
		object: 'commerce_payer',
		id: payerId,
		instance_id: 'ins_sandbox',
		...(user && {
			user_id: user.id,
			first_name: user.first_name,
			last_name: user.last_name,
			email: user.email_addresses[0]?.email_address ?? null,
		}),
		...(organization && {
			organization_id: organization.id,
			organization_name: organization.name,
		}),
	};
}

/** @param {State} state @param {SubscriptionRow} row @param {number} month how many there were before */
function statementFor(state, row, month) {
	const at = row.created_at + month * MONTH;
	const fee = money(feeOf(state, row));
	const payer = presentPayer(state, row.payer_id);
	const id = `stmt_${row.item_id.replace(/^[a-z_]+_/, '')}${month}`;
	const totals = { subtotal: fee, base_fee: fee, tax_total: money(0), grand_total: fee };
	const attempt = {
		object: 'commerce_payment',
		id: id.replace('stmt', 'cpayatt'),
		payment_id: id.replace('stmt', 'cpay'),
		instance_id: 'ins_sandbox',
		charge_type: month === 0 ? 'checkout' : 'recurring',
		payee_id: 'cpayee_sandbox',
		payee: { object: 'commerce_payee', id: 'cpayee_sandbox' },
		payer_id: row.payer_id,
		payer,
		subscription_item_id: row.item_id,
		subscription_item: presentSubscriptionItem(state, row),
		amount: fee,
		totals,
		payment_method_id: 'cpm_sandbox',
		payment_method: {
			object: 'commerce_payment_method',
			id: 'cpm_sandbox',
			payer_id: row.payer_id,
			payment_type: 'card',
			gateway: 'stripe',
			gateway_external_id: 'pm_sandbox',
			gateway_external_account_id: null,
			last4: '4242',
			status: 'active',
			card_type: 'visa',
		},
		statement_id: id,
		gateway_external_id: null,
		gateway_external_url: null,
		status: 'paid',
		paid_at: at,
		failed_at: null,
		created_at: at,
		updated_at: at,
	};
	return {
		object: 'commerce_statement',
		id,
		instance_id: 'ins_sandbox',
		timestamp: at,
		payer,
		status: at + MONTH > state.clock() ? 'open' : 'closed',
		totals,
		groups: [{ object: 'commerce_statement_group', timestamp: at, items: [attempt] }],
	};
}

/** One for each month that was paid, the newest first. @param {State} state */
const statementsOf = (state) =>
	state.subscriptions.rows
		.filter((row) => feeOf(state, row) > 0 && row.trial_end === null)
		.flatMap((row) => {
			const until = row.ended_at ?? state.clock();
			const months = Math.floor((until - row.created_at) / MONTH) + 1;
			return Array.from({ length: months }, (_, month) => statementFor(state, row, month));
		})
		.sort((a, b) => b.timestamp - a.timestamp);

module.exports = { presentPayer, statementsOf };
