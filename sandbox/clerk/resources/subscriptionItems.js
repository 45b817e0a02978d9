'use strict';

const { badValue, notFound, refusal, refuse } = require('../errors');
const { withTotal } = require('../lists');
const { money, presentPlan, presentSubscriptionItem } = require('../records/billing');
const { presentPrice } = require('../records/catalogue');
const { presentPayer } = require('../records/statement');
const { closed, flag, oneOf, open, paging, text, timestamp } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/billing').SubscriptionRow} SubscriptionRow */

const YEAR = 365 * 86_400_000;

/** Made in the dashboard: no route of the API lists or creates one. @type {Record<string, { name: string, effect: string, percent_off?: number, amount_off?: ReturnType<typeof money> }>} */
const DISCOUNTS = {
	disc_welcome: { name: 'Welcome', effect: 'percentage', percent_off: 20 },
	disc_goodwill: { name: 'Goodwill', effect: 'fixed_amount', amount_off: money(500) },
};

/** @param {State} state @param {string} [id] */
function find(state, id = '') {
	const row = state.subscriptions.rows.find((one) => one.item_id === id);
	if (!row) throw notFound('subscription item', id);
	return row;
}

/** @param {State} state @param {SubscriptionRow} row @param {Partial<SubscriptionRow>} changes */
const save = (state, row, changes) =>
	state.subscriptions.update(row, { ...changes, updated_at: state.clock() });

/** @param {State} state @param {SubscriptionRow} row */
const present = (state, row) => ({
	...presentSubscriptionItem(state, row),
	...(row.price_id && { price_id: row.price_id }),
	payer: presentPayer(state, row.payer_id),
});

/** The plan, as the routes of trials and transitions tell it. @param {SubscriptionRow} row */
function presentOtherPlan({ plan }) {
	const { free_trial_days, unit_prices, ...shown } = /** @type {any} */ (presentPlan(plan));
	const { amount, amount_formatted, currency, currency_symbol } = money(plan.fee);
	return {
		...shown,
		description: '',
		avatar_url: '',
		amount,
		amount_formatted,
		annual_monthly_amount: 0,
		annual_monthly_amount_formatted: money(0).amount_formatted,
		annual_amount: 0,
		annual_amount_formatted: money(0).amount_formatted,
		currency,
		currency_symbol,
		payer_type: [plan.payer],
		period: 'month',
		interval: 1,
	};
}

/** @param {State} state @param {SubscriptionRow} row */
const presentOther = (state, row) => ({
	...presentSubscriptionItem(state, row),
	plan: presentOtherPlan(row),
	payment_source_id: 'csrc_sandbox',
	proration_date: '',
});

/** @param {SubscriptionRow} row @param {import('../records/billing').Redemption} redemption */
function presentRedemption(row, redemption) {
	const { name, ...effect } = DISCOUNTS[redemption.discount_id] ?? { name: '' };
	return {
		object: 'commerce_discount_redemption',
		...redemption,
		subscription_item_id: row.item_id,
		name,
		...effect,
		source: 'manual',
		cycles_applied: 0,
		cycles_remaining: null,
		redeemed_by: null,
	};
}

/** @param {State} state @param {SubscriptionRow} row @param {string} id */
function applyDiscount(state, row, id) {
	if (!Object.hasOwn(DISCOUNTS, id)) throw notFound('discount', id);
	if (row.discount?.discount_id === id) {
		throw refusal(409, 'discount_already_applied', 'The discount is applied already.');
	}
	const discount = {
		id: state.newId('cdred'),
		discount_id: id,
		status: /** @type {const} */ ('active'),
		redeemed_at: state.clock(),
	};
	return presentRedemption(save(state, row, { discount }), discount);
}

/** @param {State} state @param {SubscriptionRow} row @param {string} to */
function extendTrial(state, row, to) {
	const end = Date.parse(to);
	if (row.trial_end === null) throw refusal(422, 'not_in_free_trial', 'There is no free trial.');
	const isSoon = end > state.clock() && end <= row.trial_end + YEAR;
	if (!isSoon) refuse(badValue('extend_to', 'must be in the future, and within 365 days'));
	return presentOther(state, save(state, row, { trial_end: end }));
}

/** Always at once: the item ends, and another one begins. @param {State} state @param {SubscriptionRow} row @param {Record<string, any>} body */
function changePrice(state, row, body) {
	const [from, to] = [body.from_price_id, body.to_price_id].map((id) => {
		const price = state.billingPrices.get(id);
		if (!price) throw notFound('price', id);
		return price;
	});
	if (!from || !to) return undefined;
	const plan = state.billingPlans.get(to.plan_id) ?? row.plan;
	if (from.plan_id !== `cplan_${row.plan.slug}`) {
		refuse(badValue('from_price_id', 'is not the price of the item'));
	}
	if (plan.payer !== row.plan.payer) refuse(badValue('to_price_id', 'is for other payers'));
	const before = { id: row.item_id, plan: presentOtherPlan(row) };
	const changed = save(state, row, {
		item_id: state.newId('csub_item'),
		plan: { slug: plan.slug, name: plan.name, fee: plan.fee, payer: plan.payer },
		price_id: to.id,
		trial_end: null,
	});
	return {
		object: 'commerce_price_transition',
		subscription_item: { ...presentOther(state, changed), price_id: to.id },
		transition: {
			previous_plan: before.plan,
			previous_price: presentPrice(from),
			effective_at: state.clock(),
			effective_mode: 'immediate',
			charged_immediately: to.amount > 0,
			immediate_charge: money(to.amount, to.currency),
			previous_subscription_item_status: 'ended',
			previous_subscription_item_id: before.id,
		},
	};
}

const STATUSES = ['active', 'ended', 'past_due', 'upcoming', 'free_trial'];

const ITEM = '/billing/subscription_items/{subscription_item_id}';

/** @type {import('../server').Routes} */
module.exports = {
	'GET /billing/subscription_items': {
		query: open({
			...paging,
			paginated: flag,
			status: { ...text, ...oneOf(STATUSES) },
			payer_type: { ...text, ...oneOf(['user', 'org']) },
			plan_id: text,
			include_free: flag,
			query: text,
		}),
		respond: ({ state, query }) => {
			const wanted = (query.query ?? '').toLowerCase();
			const rows = [...state.subscriptions.rows]
				.reverse()
				.filter((row) => query.include_free || row.plan.fee > 0)
				.filter((row) => !query.payer_type || row.plan.payer === query.payer_type)
				.map((row) => present(state, row))
				.filter((item) => !query.plan_id || item.plan_id === query.plan_id)
				.filter(({ status, is_free_trial: isTrial }) =>
					query.status === 'free_trial' ? isTrial : !query.status || status === query.status,
				)
				.filter((item) => JSON.stringify(item).toLowerCase().includes(wanted));
			return withTotal(rows, query, (row) => row);
		},
	},
	[`DELETE ${ITEM}`]: {
		query: open({ end_now: flag }),
		respond: ({ state, params, query }) => {
			const row = find(state, params.subscription_item_id);
			if (row.ended_at !== null) refuse(badValue('subscription_item_id', 'is over already'));
			const at = state.clock();
			const changes = { canceled_at: at, ...(query.end_now && { ended_at: at }) };
			return present(state, save(state, row, changes));
		},
	},
	[`POST ${ITEM}/discounts`]: {
		body: closed({ discount_id: text }, ['discount_id']),
		respond: ({ state, params, body }) =>
			applyDiscount(state, find(state, params.subscription_item_id), body.discount_id),
	},
	[`DELETE ${ITEM}/discounts/{discount_id}`]: {
		respond: ({ state, params }) => {
			const row = find(state, params.subscription_item_id);
			if (row.discount?.discount_id !== params.discount_id) {
				throw notFound('discount of the subscription item', params.discount_id ?? '');
			}
			const removed = { ...row.discount, status: /** @type {const} */ ('removed') };
			return presentRedemption(save(state, row, { discount: null }), removed);
		},
	},
	[`POST ${ITEM}/extend_free_trial`]: {
		body: closed({ extend_to: timestamp }, ['extend_to']),
		respond: ({ state, params, body }) =>
			extendTrial(state, find(state, params.subscription_item_id), body.extend_to),
	},
	[`POST ${ITEM}/price_transition`]: {
		body: closed({ from_price_id: text, to_price_id: text }, ['from_price_id', 'to_price_id']),
		respond: ({ state, params, body }) =>
			changePrice(state, find(state, params.subscription_item_id), body),
	},
};
