'use strict';

const { badValue, notFound, refusal, refuse } = require('../errors');
const { includesText } = require('../lists');
const { defineResource } = require('../resource');
const { shape } = require('../shape');
const { removeWhere } = require('../table');

/** What users and organizations can pay for, what they pay for, and what they have paid. */

const MONTH = 30 * 86_400_000;
const YEAR = 365 * 86_400_000;

/** @param {number} amount in cents @param {string} [currency] */
function money(amount, currency = 'USD') {
	const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
	const parts = format.formatToParts(amount / 100);
	return {
		amount,
		amount_formatted: format.format(amount / 100),
		currency,
		currency_symbol: parts.find(({ type }) => type === 'currency')?.value ?? currency,
	};
}

/** With the fields of all the records that show a plan. @param {Row} plan */
const planValues = ({ id, slug, name, fee, payer }) => ({
	...money(fee),
	id,
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

const plans = defineResource({
	path: '/billing/plans',
	table: 'billingPlans',
	shown: planValues,
	filters: { payer_type: (wanted) => (row) => row.payer === wanted },
	routes: {
		'GET /billing/statements': ({ state }) => statementsOf(state),
		'GET /billing/statements/{statementID}': findStatement,
		'GET /billing/statements/{statementID}/payment_attempts': (call) =>
			findStatement(call).groups.flatMap(({ items: attempts }) => attempts),
	},
});

const prices = defineResource({
	path: '/billing/prices',
	table: 'billingPrices',
	prefix: 'cprice',
	defaults: (_state, { annual_monthly_amount: annual }) => ({
		currency: 'USD',
		amount: 0,
		annual_monthly_amount: null,
		description: null,
		is_default: false,
		supported_billing_periods: annual == null ? 'month' : 'both',
	}),
	shown: ({ currency, amount, annual_monthly_amount: annual }) => ({
		currency_symbol: money(0, currency).currency_symbol,
		annual_monthly_amount: annual ?? 0,
		fee: money(amount, currency),
		annual_monthly_fee: annual === null ? null : money(annual, currency),
	}),
	fields({ state, body }) {
		const few = ['amount', 'annual_monthly_amount'].filter(
			(name) => body[name] < 0 || (body[name] > 0 && body[name] < 100),
		);
		refuse(...few.map((name) => badValue(name, 'must be 0, or 100 and more')));
		plans.find(state, body.plan_id);
		return body;
	},
	routes: {
		'GET /billing/prices': {
			check({ state, query: { plan_id: id } }) {
				if (id !== undefined) plans.find(state, id);
			},
			respond: ({ rows }) => rows().sort((a, b) => a.amount - b.amount),
		},
	},
});

/** A plan, and the price that everybody pays. @param {State} state @param {{ slug: string, name: string, fee: number, payer: 'user' | 'org' }} plan */
function plantPlan(state, plan) {
	const { id } = plans.make(state, { ...plan, id: `cplan_${plan.slug}` });
	prices.make(state, { plan_id: id, amount: plan.fee, is_default: true });
}

/** What a subscription costs, and which plan that is of. @param {State} state @param {Row} subscription @returns {{ price: Row, plan: Row }} */
function paidFor(state, { price_id: id }) {
	const price = prices.find(state, id);
	return { price, plan: plans.find(state, price.plan_id) };
}

/** Made in the dashboard: no route of the API lists or creates one. @type {Record<string, Values>} */
const DISCOUNTS = {
	disc_welcome: { name: 'Welcome', effect: 'percentage', percent_off: 20 },
	disc_goodwill: { name: 'Goodwill', effect: 'fixed_amount', amount_off: money(500) },
};

const ITEM = '/billing/subscription_items/{subscription_item_id}';

/** Subscriptions have one item each. */
const items = defineResource({
	path: '/billing/subscription_items',
	table: 'subscriptions',
	prefix: 'csub',
	isNamed: (row, id) => row.item_id === id,
	defaults: (state, { created_at: at }) => ({
		item_id: state.newId('csub_item', at),
		trial_end: null,
		canceled_at: null,
		ended_at: null,
		discount: null,
	}),
	shown: itemValues,
	filters: {
		include_free: (wanted, state) => (row) => wanted || paidFor(state, row).plan.fee > 0,
		payer_type: (wanted, state) => (row) => paidFor(state, row).plan.payer === wanted,
		plan_id: (wanted, state) => (row) => paidFor(state, row).plan.id === wanted,
		status: (wanted, state) => (row) =>
			wanted === 'free_trial' ? row.trial_end !== null : itemValues(row, state).status === wanted,
		query: (wanted, state) => (row) =>
			includesText([JSON.stringify(items.show(state, row))], wanted),
	},
	routes: {
		[`DELETE ${ITEM}`]: ({ state, row, query, save }) => {
			if (row.ended_at !== null) refuse(badValue('subscription_item_id', 'is over already'));
			const at = state.clock();
			return save({ canceled_at: at, ...(query.end_now && { ended_at: at }) });
		},
		[`POST ${ITEM}/discounts`]: ({ state, row, body: { discount_id: id }, save }) => {
			if (!Object.hasOwn(DISCOUNTS, id)) throw notFound('discount', id);
			if (row.discount?.discount_id === id) {
				throw refusal(409, 'discount_already_applied', 'The discount is applied already.');
			}
			const discount = { id: state.newId('cdred'), discount_id: id, redeemed_at: state.clock() };
			return redemptionOf(save({ discount }), discount, 'active');
		},
		[`DELETE ${ITEM}/discounts/{discount_id}`]: ({ row, params, save }) => {
			const { discount } = row;
			if (discount?.discount_id !== params.discount_id) {
				throw notFound('discount of the subscription item', params.discount_id ?? '');
			}
			return redemptionOf(save({ discount: null }), discount, 'removed');
		},
		[`POST ${ITEM}/extend_free_trial`]: ({ state, row, body, save }) => {
			const end = Date.parse(body.extend_to);
			if (row.trial_end === null) {
				throw refusal(422, 'not_in_free_trial', 'There is no free trial.');
			}
			const isSoon = end > state.clock() && end <= row.trial_end + YEAR;
			if (!isSoon) refuse(badValue('extend_to', 'must be in the future, and within 365 days'));
			return save({ trial_end: end });
		},
		[`POST ${ITEM}/price_transition`]: changePrice,
	},
});

/** @param {Row} item @param {Row} discount @param {string} status */
function redemptionOf({ item_id }, discount, status) {
	const about = { subscription_item_id: item_id, source: 'manual', status };
	return { ...discount, ...DISCOUNTS[discount.discount_id], ...about };
}

/** Always at once: the item ends, and another one begins. @param {Call} call */
function changePrice({ state, row, body, save }) {
	const from = prices.find(state, body.from_price_id);
	const to = prices.find(state, body.to_price_id);
	const before = paidFor(state, row).plan;
	const isForOthers = plans.find(state, to.plan_id).payer !== before.payer;
	refuse(
		from.plan_id !== before.id && badValue('from_price_id', 'is not the price of the item'),
		isForOthers && badValue('to_price_id', 'is for other payers'),
	);
	const transition = {
		previous_plan: planValues(before),
		previous_price: prices.show(state, from),
		effective_at: state.clock(),
		effective_mode: 'immediate',
		charged_immediately: to.amount > 0,
		immediate_charge: money(to.amount, to.currency),
		previous_subscription_item_status: 'ended',
		previous_subscription_item_id: row.item_id,
	};
	save({ item_id: state.newId('csub_item'), price_id: to.id, trial_end: null });
	return { subscription_item: itemValues(row, state), transition };
}

/** @param {State} state @param {string} payer_id @param {string} slug of the plan @param {Values} [fields] */
function subscribe(state, payer_id, slug, fields = {}) {
	const [price] = state.billingPrices.where('plan_id', `cplan_${slug}`);
	return items.make(state, { payer_id, price_id: price.id, ...fields });
}

/** With the fields of all the records that show an item; a trial is one period. @param {Row} row @param {State} state @returns {Values} */
function itemValues(row, state) {
	const { price, plan } = paidFor(state, row);
	const passed = Math.floor((state.clock() - row.created_at) / MONTH);
	const start = row.created_at + passed * MONTH;
	const isTrial = row.trial_end !== null;
	const end = isTrial ? row.trial_end : price.amount > 0 ? start + MONTH : null;
	const goesOn = end !== null && row.canceled_at === null;
	return {
		...row,
		id: row.item_id,
		status: row.ended_at === null ? 'active' : 'ended',
		plan_id: plan.id,
		plan: planValues(plan),
		is_free_trial: isTrial,
		period_start: isTrial ? row.created_at : start,
		period_end: end,
		next_payment: goesOn ? { date: end, amount: money(price.amount) } : null,
		lifetime_paid: money(isTrial ? 0 : price.amount * (passed + 1)),
		payer: payerOf(state, row.payer_id),
	};
}

/** The payer, a user or an organization. @param {State} state @param {string} id */
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

/** @param {State} state @param {Row} row @param {number} month how many there were before */
function statementFor(state, row, month) {
	const at = row.created_at + month * MONTH;
	const fee = money(paidFor(state, row).price.amount);
	const { payer, ...item } = itemValues(row, state);
	const id = `stmt_${row.item_id.replace(/^[a-z_]+_/, '')}${month}`;
	const totals = { subtotal: fee, base_fee: fee, tax_total: money(0), grand_total: fee };
	const attempt = {
		id: id.replace('stmt', 'cpayatt'),
		payment_id: id.replace('stmt', 'cpay'),
		charge_type: month === 0 ? 'checkout' : 'recurring',
		payer_id: row.payer_id,
		payer,
		subscription_item_id: row.item_id,
		subscription_item: shape('CommerceSubscriptionItem', { ...item, payer }),
		amount: fee,
		totals,
		statement_id: id,
		status: 'paid',
		paid_at: at,
		created_at: at,
		updated_at: at,
	};
	const status = at + MONTH > state.clock() ? 'open' : 'closed';
	const groups = [{ timestamp: at, items: [attempt] }];
	return { id, timestamp: at, payer, status, totals, groups };
}

/** One for each month that was paid, the newest first. @param {State} state */
function statementsOf(state) {
	const paid = state.subscriptions.rows.filter(
		(row) => paidFor(state, row).price.amount > 0 && row.trial_end === null,
	);
	const statements = paid.flatMap((row) => {
		const until = row.ended_at ?? state.clock();
		const months = Math.floor((until - row.created_at) / MONTH) + 1;
		return Array.from({ length: months }, (_, month) => statementFor(state, row, month));
	});
	return statements.sort((a, b) => b.timestamp - a.timestamp);
}

/** @param {Call} call */
function findStatement({ state, params: { statementID: id = '' } }) {
	const statement = statementsOf(state).find((one) => one.id === id);
	if (!statement) throw notFound('statement', id);
	return statement;
}

/** Returns null for a payer without entries. @param {State} state @param {string} payerId */
function balanceOf(state, payerId) {
	const entries = state.creditLedger.where('payer_id', payerId);
	const total = entries.reduce((sum, { amount }) => sum + amount, 0);
	return entries.length === 0 ? null : money(total, entries[0].currency);
}

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
	const isOther = balance && balance.currency !== currency;
	refuse(
		isOther && badValue('currency', `must be that of the balance, ${balance.currency}`),
		(balance?.amount ?? 0) + amount < 0 && badValue('amount', 'is more than the balance'),
	);
	const about = { id: state.newId('ccl'), idempotency_key, note, created_at: state.clock() };
	return entryOf(state.creditLedger.insert({ ...entry, ...about }));
}

/**
 * What users and organizations have alike. A payer without a plan has the free one.
 *
 * @param {string} path of one of them
 * @param {'user' | 'org'} payer
 * @returns {Record<string, (call: Call) => any>}
 */
const billingOf = (path, payer) => ({
	[`GET ${path}/billing/subscription`]({ state, row: { id } }) {
		const [known] = state.subscriptions.where('payer_id', id);
		const row = known ?? subscribe(state, id, `free_${payer}`);
		const { payer: _, ...item } = itemValues(row, state);
		const next = item.next_payment && { next_payment: item.next_payment };
		return { ...row, active_at: row.created_at, subscription_items: [item], ...next };
	},
	[`GET ${path}/billing/credits`]: ({ state, row: { id } }) => ({
		object: 'commerce_credit_balance',
		balance: balanceOf(state, id),
	}),
	[`POST ${path}/billing/credits`]: adjust,
});

/** @param {State} state @param {string} payerId */
const dropBilling = (state, payerId) =>
	removeWhere([state.creditLedger, state.subscriptions], 'payer_id', payerId);

module.exports = {
	billingOf,
	dropBilling,
	items,
	plantPlan,
	prices,
	routes: { ...plans.routes, ...prices.routes, ...items.routes },
	statementsOf,
	subscribe,
};
