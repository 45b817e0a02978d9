'use strict';

const MONTH = 30 * 86_400_000;

/**
 * @typedef {object} LedgerRow
 * @property {string} id
 * @property {string} payer_id the user or the organization
 * @property {number} amount in cents; what was taken away is negative
 * @property {string} currency
 * @property {string} idempotency_key
 * @property {string | null} note
 * @property {number} created_at
 *
 * @typedef {object} SubscriptionRow
 * @property {string} id
 * @property {string} item_id
 * @property {string} payer_id
 * @property {Plan} plan
 * @property {string | null} price_id of a price that is not the plan's own
 * @property {number | null} trial_end
 * @property {number | null} canceled_at
 * @property {number | null} ended_at
 * @property {Redemption | null} discount
 * @property {number} created_at
 * @property {number} updated_at
 *
 * @typedef {{ id: string, discount_id: string, status: 'active' | 'removed', redeemed_at: number }} Redemption
 *
 * @typedef {{ slug: string, name: string, fee: number, payer: 'user' | 'org' }} Plan
 */

/** @typedef {import('../state').State} State */

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
	if (entries.length === 0) return null;
	return money(
		entries.reduce((sum, { amount }) => sum + amount, 0),
		entries[0]?.currency,
	);
}

/** @param {LedgerRow} row */
const presentLedgerEntry = (row) => ({
	object: 'commerce_credit_ledger',
	id: row.id,
	payer_id: row.payer_id,
	amount: money(row.amount, row.currency),
	source_type: 'grant',
	source_id: row.id.replace(/^[a-z]+/, 'grant'),
	note: row.note,
	created_at: new Date(row.created_at).toISOString(),
});

/**
 * Who never chose a plan has the free one, since the first time somebody asked.
 *
 * @param {State} state
 * @param {string} payerId
 * @param {'user' | 'org'} payer
 */
function subscriptionOf(state, payerId, payer) {
	const [row] = state.subscriptions.where('payer_id', payerId);
	return row ?? subscribe(state, payerId, freePlan(payer));
}

/**
 * @param {State} state
 * @param {string} payerId
 * @param {Plan} plan
 * @param {number} [at]
 * @param {number | null} [trialEnd]
 */
function subscribe(state, payerId, plan, at = state.clock(), trialEnd = null) {
	return state.subscriptions.insert({
		id: state.newId('csub', at),
		item_id: state.newId('csub_item', at),
		payer_id: payerId,
		plan,
		price_id: null,
		trial_end: trialEnd,
		canceled_at: null,
		ended_at: null,
		discount: null,
		created_at: at,
		updated_at: at,
	});
}

/** @param {Plan} plan */
const presentPlan = ({ slug, name, fee, payer }) => ({
	object: 'commerce_plan',
	id: `cplan_${slug}`,
	name,
	fee: money(fee),
	annual_monthly_fee: null,
	annual_fee: null,
	description: null,
	product_id: 'cprod_sandbox',
	is_default: fee === 0,
	is_recurring: true,
	publicly_visible: true,
	has_base_fee: fee > 0,
	for_payer_type: payer,
	slug,
	avatar_url: null,
	features: [],
	free_trial_enabled: false,
	free_trial_days: null,
});

/** What a month costs. @param {State} state @param {SubscriptionRow} row */
const feeOf = (state, { plan, price_id: id }) =>
	(id === null ? undefined : state.billingPrices.get(id)?.amount) ?? plan.fee;

/** The month that is being paid for; a trial is one period. @param {State} state @param {SubscriptionRow} row */
function periodOf(state, row) {
	const passed = Math.floor((state.clock() - row.created_at) / MONTH);
	const start = row.created_at + passed * MONTH;
	if (row.trial_end !== null) return { passed, start: row.created_at, end: row.trial_end };
	return { passed, start, end: feeOf(state, row) > 0 ? start + MONTH : null };
}

/** What is told of an item everywhere. @param {State} state @param {SubscriptionRow} row */
function presentSubscriptionItem(state, row) {
	const fee = feeOf(state, row);
	const { passed, start, end } = periodOf(state, row);
	const goesOn = end !== null && row.canceled_at === null;
	return {
		object: 'commerce_subscription_item',
		id: row.item_id,
		instance_id: 'ins_sandbox',
		status: row.ended_at === null ? 'active' : 'ended',
		plan_id: `cplan_${row.plan.slug}`,
		plan: presentPlan(row.plan),
		plan_period: 'month',
		payer_id: row.payer_id,
		is_free_trial: row.trial_end !== null,
		period_start: start,
		period_end: end,
		next_payment: goesOn ? { date: end, amount: money(fee) } : null,
		lifetime_paid: money(row.trial_end === null ? fee * (passed + 1) : 0),
		canceled_at: row.canceled_at,
		past_due_at: null,
		ended_at: row.ended_at,
		created_at: row.created_at,
		updated_at: row.updated_at,
	};
}

/** @param {State} state @param {SubscriptionRow} row */
function presentSubscription(state, row) {
	const item = presentSubscriptionItem(state, row);
	return {
		object: 'commerce_subscription',
		id: row.id,
		instance_id: 'ins_sandbox',
		status: 'active',
		payer_id: row.payer_id,
		created_at: row.created_at,
		updated_at: row.updated_at,
		active_at: row.created_at,
		past_due_at: null,
		subscription_items: [item],
		...(item.next_payment && { next_payment: item.next_payment }),
		eligible_for_free_trial: false,
	};
}

/** @param {State} state @param {string} payerId */
function dropBilling(state, payerId) {
	for (const row of state.creditLedger.where('payer_id', payerId)) state.creditLedger.remove(row);
	for (const row of state.subscriptions.where('payer_id', payerId)) {
		state.subscriptions.remove(row);
	}
}

module.exports = {
	MONTH,
	balanceOf,
	dropBilling,
	feeOf,
	freePlan,
	money,
	presentLedgerEntry,
	presentPlan,
	presentSubscription,
	presentSubscriptionItem,
	subscribe,
	subscriptionOf,
};
