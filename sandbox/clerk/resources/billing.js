'use strict';

const { badValue, found, notFound, refuse, refuseIf } = require('../errors');
const { includesText } = require('../lists');
const { defineResource, together } = require('../resource');
const { money } = require('../shape');
const { removeWhere } = require('../table');

/** What users and organizations can pay for, and what they pay for. Statements are seeded, and stay. */

const MONTH = 30 * 86_400_000;
const YEAR = 365 * 86_400_000;

/** @param {Row} plan */
const planValues = ({ fee, payer, ...plan }) => ({
	...money(fee),
	...plan,
	fee,
	is_default: fee === 0,
	has_base_fee: fee > 0,
	for_payer_type: payer,
	payer_type: [payer],
});

const plans = defineResource({
	path: '/billing/plans',
	table: 'billingPlans',
	shown: planValues,
	filters: { payer_type: (wanted) => (row) => row.payer === wanted },
});

const prices = defineResource({
	path: '/billing/prices',
	table: 'billingPrices',
	prefix: 'cprice',
	defaults: (_state, { annual_monthly_amount: annual }) => ({
		supported_billing_periods: annual === undefined ? 'month' : 'both',
	}),
	shown: ({ currency, amount, annual_monthly_amount: annual }) => ({
		...money(amount, currency),
		fee: money(amount, currency),
		annual_monthly_fee: annual > 0 ? money(annual, currency) : null,
	}),
	fields({ state, body }) {
		plans.find(state, body.plan_id);
		return body;
	},
	routes: {
		'GET /billing/prices': ({ state, query: { plan_id: id }, rows }) => {
			if (id !== undefined) plans.find(state, id);
			return rows().sort((a, b) => a.amount - b.amount);
		},
	},
});

/** A plan, and the price that everybody pays. @param {State} state @param {Values} plan */
function plantPlan(state, plan) {
	const { id } = plans.make(state, { ...plan, id: `cplan_${plan.slug}` });
	prices.make(state, { plan_id: id, amount: plan.fee, is_default: true });
}

const statements = defineResource({
	path: '/billing/statements',
	table: 'statements',
	routes: {
		'GET /billing/statements/{statementID}/payment_attempts': ({ row }) =>
			row.groups.flatMap((/** @type {Row} */ group) => group.items),
	},
});

const ITEM = '/billing/subscription_items/{subscription_item_id}';

/** A subscription is its one item, and keeps its own id and time when another item takes its place. */
const items = defineResource({
	path: '/billing/subscription_items',
	table: 'subscriptions',
	prefix: 'csub_item',
	defaults(state, { price_id, created_at: active_at }) {
		const { id: plan_id, payer: payer_type } = planOf(state, price_id);
		return { plan_id, payer_type, active_at, subscription_id: state.newId('csub', active_at) };
	},
	shown: itemValues,
	filters: {
		include_free: (wanted, state) => (row) => wanted || planOf(state, row.price_id).fee > 0,
		status: (wanted) => (row) => (wanted === 'free_trial' ? row.trial_end : row.status === wanted),
		query: (wanted, state) => (row) =>
			includesText([JSON.stringify(items.show(state, row))], wanted),
	},
	routes: {
		[`DELETE ${ITEM}`]: ({ state, row, query, save }) => {
			if (row.ended_at !== null) refuse(badValue('subscription_item_id', 'is over already'));
			const at = state.clock();
			return save({ canceled_at: at, ...(query.end_now && { status: 'ended', ended_at: at }) });
		},
		[`POST ${ITEM}/discounts`]: ({ state, row, body: { discount_id }, save }) => {
			const about = found(state.discounts.get(discount_id), 'discount', discount_id);
			refuseIf(row.discount?.discount_id === discount_id, 'discount_already_applied');
			const discount = {
				...about,
				id: state.newId('cdred'),
				discount_id,
				subscription_item_id: row.id,
				source: 'manual',
				status: 'active',
				redeemed_at: state.clock(),
			};
			save({ discount });
			return discount;
		},
		[`DELETE ${ITEM}/discounts/{discount_id}`]: ({ row: { discount }, params, save }) => {
			if (discount?.discount_id !== params.discount_id) {
				throw notFound('discount of the subscription item', params.discount_id);
			}
			save({ discount: null });
			return { ...discount, status: 'removed' };
		},
		[`POST ${ITEM}/extend_free_trial`]: ({ state, row: { trial_end: before }, body, save }) => {
			const end = Date.parse(body.extend_to);
			const isGood = before !== null && end > state.clock() && end <= before + YEAR;
			if (!isGood) refuse(badValue('extend_to', 'must be within a year from the end of a trial'));
			return save({ trial_end: end });
		},
		[`POST ${ITEM}/price_transition`]: changePrice,
	},
});

/** @param {State} state @param {string} priceId @returns {Row} */
const planOf = (state, priceId) => plans.find(state, prices.find(state, priceId).plan_id);

/** Always at once: the item ends, and another one begins. @param {Call} call */
function changePrice({ state, row, body }) {
	const from = prices.find(state, body.from_price_id);
	const to = prices.find(state, body.to_price_id);
	refuse(
		from.plan_id !== row.plan_id && badValue('from_price_id', 'is not the price of the item'),
		planOf(state, to.id).payer !== row.payer_type && badValue('to_price_id', 'is for others'),
	);
	state.subscriptions.remove(row);
	const { payer_id, subscription_id, active_at } = row;
	const after = items.make(state, { payer_id, subscription_id, active_at, price_id: to.id });
	const transition = {
		previous_plan: planValues(planOf(state, from.id)),
		previous_price: prices.show(state, from),
		effective_at: state.clock(),
		effective_mode: 'immediate',
		charged_immediately: to.amount > 0,
		immediate_charge: money(to.amount, to.currency),
		previous_subscription_item_status: 'ended',
		previous_subscription_item_id: row.id,
	};
	return { subscription_item: { ...after, ...itemValues(after, state) }, transition };
}

/** What follows from an item's price; a trial is one period. @param {Row} row @param {State} state */
function itemValues({ created_at: since, price_id, trial_end, canceled_at, payer_id }, state) {
	const { amount } = prices.find(state, price_id);
	const passed = Math.floor((state.clock() - since) / MONTH);
	const start = since + passed * MONTH;
	const end = trial_end ?? (amount > 0 ? start + MONTH : null);
	return {
		plan: planValues(planOf(state, price_id)),
		is_free_trial: trial_end !== null,
		period_start: trial_end === null ? start : since,
		period_end: end,
		next_payment: end === null || canceled_at !== null ? null : { date: end, amount },
		lifetime_paid: trial_end === null ? amount * (passed + 1) : 0,
		payer: payerOf(state, payer_id),
	};
}

/** The payer, a user or an organization. @param {State} state @param {string} id */
function payerOf(state, id) {
	const organization = state.organizations.get(id);
	if (organization) return { id, organization_id: id, organization_name: organization.name };
	const user = state.users.get(id);
	const email = user?.email_addresses[0]?.email_address ?? null;
	return { id, user_id: id, first_name: user?.first_name, last_name: user?.last_name, email };
}

/** Null for a payer without entries. @param {readonly Row[]} entries */
function balanceOf(entries) {
	if (entries.length === 0) return null;
	const amount = entries.reduce((sum, entry) => sum + entry.amount, 0);
	return money(amount, entries[0]?.currency);
}

/** @param {Row} row */
const entryOf = (row) => ({
	...row,
	object: 'commerce_credit_ledger',
	amount: money(row.amount, row.currency),
	source_type: 'grant',
	source_id: row.id.replace('ccl', 'grant'),
	created_at: new Date(row.created_at).toISOString(),
});

/** The same key again is the same adjustment, and makes no second one. @param {Call} call */
function adjust({ state, row: { id: payer_id }, body: { action, note = null, ...body } }) {
	const balance = balanceOf(state.creditLedger.where('payer_id', payer_id));
	const currency = (body.currency ?? balance?.currency ?? 'USD').toUpperCase();
	const amount = action === 'increase' ? body.amount : -body.amount;
	const entry = { ...body, payer_id, amount, currency };
	const [before] = state.creditLedger.where('idempotency_key', body.idempotency_key);
	if (before) {
		const isOther = Object.entries(entry).some(([name, value]) => before[name] !== value);
		refuseIf(isOther, 'idempotency_key_conflict', { param_name: 'idempotency_key' });
		return entryOf(before);
	}
	const isOtherCurrency = balance !== null && balance.currency !== currency;
	refuse(
		isOtherCurrency && badValue('currency', `must be that of the balance, ${balance.currency}`),
		(balance?.amount ?? 0) + amount < 0 && badValue('amount', 'is more than the balance'),
	);
	const about = { id: state.newId('ccl'), note, created_at: state.clock() };
	return entryOf(state.creditLedger.insert({ ...entry, ...about }));
}

/**
 * What users and organizations have alike. A payer without a plan has the free one.
 *
 * @type {(path: string, payer: 'user' | 'org') => Record<string, Handler>}
 */
const billingOf = (path, payer) => ({
	[`GET ${path}/billing/subscription`]({ state, row: { id: payer_id } }) {
		const [free] = state.billingPrices.where('plan_id', `cplan_free_${payer}`);
		const [known] = state.subscriptions.where('payer_id', payer_id);
		const row = known ?? items.make(state, { payer_id, price_id: free.id });
		const item = items.show(state, row);
		const next_payment = item.next_payment ?? undefined;
		const { subscription_id: id, active_at } = row;
		return { ...row, id, created_at: active_at, subscription_items: [item], next_payment };
	},
	[`GET ${path}/billing/credits`]: ({ state, row: { id } }) => ({
		object: 'commerce_credit_balance',
		balance: balanceOf(state.creditLedger.where('payer_id', id)),
	}),
	[`POST ${path}/billing/credits`]: adjust,
});

/** @param {State} state @param {string} payerId */
const dropBilling = (state, payerId) =>
	removeWhere([state.creditLedger, state.subscriptions], 'payer_id', payerId);

const { makers, routes } = together({ plans, prices, items, statements });

module.exports = { billingOf, dropBilling, makers, plantPlan, routes };
