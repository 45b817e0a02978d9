'use strict';

const { badValue, notFound, refusal, refuse } = require('../errors');
const { includesText } = require('../lists');
const { itemValues, money, planValues } = require('../records/billing');
const { defineResource } = require('../resource');
const { plans, prices } = require('./billingCatalogue');

const YEAR = 365 * 86_400_000;

/** Made in the dashboard: no route of the API lists or creates one. @type {Record<string, Record<string, unknown>>} */
const DISCOUNTS = {
	disc_welcome: { name: 'Welcome', effect: 'percentage', percent_off: 20 },
	disc_goodwill: { name: 'Goodwill', effect: 'fixed_amount', amount_off: money(500) },
};

const ITEM = '/billing/subscription_items/{subscription_item_id}';

const items = defineResource({
	path: '/billing/subscription_items',
	table: 'subscriptions',
	isNamed: (row, id) => row.item_id === id,
	shown: (row, state) => itemValues(state, row),
	filters: {
		include_free: (wanted) => (row) => wanted || row.plan.fee > 0,
		payer_type: (wanted) => (row) => row.plan.payer === wanted,
		plan_id: (wanted) => (row) => `cplan_${row.plan.slug}` === wanted,
		status: (wanted, state) => (row) =>
			wanted === 'free_trial' ? row.trial_end !== null : itemValues(state, row).status === wanted,
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
			save({ discount });
			return redemptionOf(row, discount, 'active');
		},
		[`DELETE ${ITEM}/discounts/{discount_id}`]: ({ row, params, save }) => {
			const { discount } = row;
			if (discount?.discount_id !== params.discount_id) {
				throw notFound('discount of the subscription item', params.discount_id ?? '');
			}
			save({ discount: null });
			return redemptionOf(row, discount, 'removed');
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
const redemptionOf = (item, discount, status) => ({
	...discount,
	...DISCOUNTS[discount.discount_id],
	subscription_item_id: item.item_id,
	source: 'manual',
	status,
});

/** Always at once: the item ends, and another one begins. @param {Call} call */
function changePrice({ state, row, body, save }) {
	const from = prices.find(state, body.from_price_id);
	const to = prices.find(state, body.to_price_id);
	const { slug, name, fee, payer } = plans.find(state, to.plan_id);
	if (from.plan_id !== `cplan_${row.plan.slug}`) {
		refuse(badValue('from_price_id', 'is not the price of the item'));
	}
	if (payer !== row.plan.payer) refuse(badValue('to_price_id', 'is for other payers'));
	const transition = {
		previous_plan: planValues(row.plan),
		previous_price: prices.show(state, from),
		effective_at: state.clock(),
		effective_mode: 'immediate',
		charged_immediately: to.amount > 0,
		immediate_charge: money(to.amount, to.currency),
		previous_subscription_item_status: 'ended',
		previous_subscription_item_id: row.item_id,
	};
	const plan = { slug, name, fee, payer };
	save({ item_id: state.newId('csub_item'), plan, price_id: to.id, trial_end: null });
	return { subscription_item: itemValues(state, row), transition };
}

module.exports = items;
