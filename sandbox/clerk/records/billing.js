'use strict';

const { shape } = require('../shape');
const { removeWhere } = require('../table');

const MONTH = 30 * 86_400_000;

/**
 * What users and organizations pay for, and what they have paid.
 *
 * @typedef {{ slug: string, name: string, fee: number, payer: 'user' | 'org' }} Plan
 */

/** @param {'user' | 'org'} payer @returns {Plan} */
const freePlan = (payer) => ({ slug: `free_${payer}`, name: 'Free', fee: 0, payer });

/** @type {Record<string, string>} */
const SYMBOLS = { USD: '$', EUR: '€', GBP: '£' };

/** @param {number} amount in cents @param {string} [currency] */
function money(amount, currency = 'USD') {
	const symbol = SYMBOLS[currency] ?? currency;
	const formatted = `${symbol}${(Math.abs(amount) / 100).toFixed(2)}`;
	return {
		amount,
		amount_formatted: amount < 0 ? `-${formatted}` : formatted,
		currency,
		currency_symbol: symbol,
	};
}

/** @param {State} state @param {string} payerId what `null` stands for is that there never were any */
function balanceOf(state, payerId) {
	const entries = state.creditLedger.where('payer_id', payerId);
	const total = entries.reduce((sum, { amount }) => sum + amount, 0);
	return entries.length === 0 ? null : money(total, entries[0].currency);
}

/**
 * Who never chose a plan has the free one, since the first time somebody asked.
 *
 * @param {State} state
 * @param {string} payerId
 * @param {'user' | 'org'} payer
 * @returns {Row}
 */
function subscriptionOf(state, payerId, payer) {
	const [row] = state.subscriptions.where('payer_id', payerId);
	return row ?? subscribe(state, payerId, freePlan(payer));
}

/** @param {State} state @param {string} payerId @param {Plan} plan @param {number} [at] @param {number | null} [trialEnd] */
const subscribe = (state, payerId, plan, at = state.clock(), trialEnd = null) =>
	state.subscriptions.insert({
		id: state.newId('csub', at),
		item_id: state.newId('csub_item', at),
		payer_id: payerId,
		plan,
		/** Of a price that is not the plan's own. */
		price_id: null,
		trial_end: trialEnd,
		canceled_at: null,
		ended_at: null,
		discount: null,
		created_at: at,
		updated_at: at,
	});

/** A plan, with the fields of all the records that show one. @param {Plan} plan */
const planValues = ({ slug, name, fee, payer }) => ({
	...money(fee),
	id: `cplan_${slug}`,
	name,
	slug,
	fee: money(fee),
	is_default: fee === 0,
	is_recurring: true,
	publicly_visible: true,
	has_base_fee: fee > 0,
	for_payer_type: payer,
	payer_type: [payer],
});

/** What a month costs. @param {State} state @param {Row} row */
const feeOf = (state, { plan, price_id: id }) =>
	(id === null ? undefined : state.billingPrices.get(id)?.amount) ?? plan.fee;

/** The month that is being paid for; a trial is one period. @param {State} state @param {Row} row */
function periodOf(state, row) {
	const passed = Math.floor((state.clock() - row.created_at) / MONTH);
	const start = row.created_at + passed * MONTH;
	if (row.trial_end !== null) return { passed, start: row.created_at, end: row.trial_end };
	return { passed, start, end: feeOf(state, row) > 0 ? start + MONTH : null };
}

/** An item of a subscription, with the fields of all the records that show one. @param {State} state @param {Row} row */
function itemValues(state, row) {
	const fee = feeOf(state, row);
	const { passed, start, end } = periodOf(state, row);
	const goesOn = end !== null && row.canceled_at === null;
	return {
		...row,
		id: row.item_id,
		price_id: row.price_id ?? undefined,
		status: row.ended_at === null ? 'active' : 'ended',
		plan_id: `cplan_${row.plan.slug}`,
		plan: planValues(row.plan),
		is_free_trial: row.trial_end !== null,
		period_start: start,
		period_end: end,
		next_payment: goesOn ? { date: end, amount: money(fee) } : null,
		lifetime_paid: money(row.trial_end === null ? fee * (passed + 1) : 0),
		payer: payerOf(state, row.payer_id),
	};
}

/** Who pays. @param {State} state @param {string} id */
function payerOf(state, id) {
	const user = state.users.get(id);
	const organization = state.organizations.get(id);
	return {
		id,
		...(user && {
			user_id: id,
			first_name: user.first_name,
			last_name: user.last_name,
			email: user.email_addresses[0]?.email_address ?? null,
		}),
		...(organization && { organization_id: id, organization_name: organization.name }),
	};
}

/** @param {State} state @param {Row} row */
function subscriptionValues(state, row) {
	const { payer, ...item } = itemValues(state, row);
	return {
		...row,
		active_at: row.created_at,
		subscription_items: [item],
		...(item.next_payment && { next_payment: item.next_payment }),
	};
}

/** @param {State} state @param {Row} row @param {number} month how many there were before */
function statementFor(state, row, month) {
	const { payer_id, item_id } = row;
	const at = row.created_at + month * MONTH;
	const fee = money(feeOf(state, row));
	const payer = payerOf(state, payer_id);
	const id = `stmt_${item_id.replace(/^[a-z_]+_/, '')}${month}`;
	const totals = { subtotal: fee, base_fee: fee, tax_total: money(0), grand_total: fee };
	const attempt = {
		id: id.replace('stmt', 'cpayatt'),
		payment_id: id.replace('stmt', 'cpay'),
		charge_type: month === 0 ? 'checkout' : 'recurring',
		payer_id,
		payer,
		subscription_item_id: item_id,
		subscription_item: shape('CommerceSubscriptionItem', itemValues(state, row)),
		amount: fee,
		totals,
		statement_id: id,
		status: 'paid',
		paid_at: at,
		created_at: at,
		updated_at: at,
	};
	const status = at + MONTH > state.clock() ? 'open' : 'closed';
	return {
		id,
		timestamp: at,
		payer,
		status,
		totals,
		groups: [{ timestamp: at, items: [attempt] }],
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

/** @param {State} state @param {string} payerId */
const dropBilling = (state, payerId) =>
	removeWhere([state.creditLedger, state.subscriptions], 'payer_id', payerId);

module.exports = {
	balanceOf,
	dropBilling,
	freePlan,
	itemValues,
	money,
	planValues,
	statementsOf,
	subscribe,
	subscriptionOf,
	subscriptionValues,
};
