'use strict';

const { crud } = require('../crud');
const { badValue, refuse } = require('../errors');
const { newPrice, presentPlanRow, presentPrice } = require('../records/catalogue');
const { statementsOf } = require('../records/statement');
const { notFound } = require('../errors');
const { withTotal } = require('../lists');
const { closed, flag, integer, nullable, oneOf, open, paging, text } = require('../validation');

/** @typedef {import('../state').State} State */

const plans = crud({
	object: 'commerce_plan',
	table: (/** @type {State} */ state) => state.billingPlans,
	present: presentPlanRow,
});

/** @param {State} state @param {string} [id] */
function findStatement(state, id = '') {
	const statement = statementsOf(state).find((one) => one.id === id);
	if (!statement) throw notFound('statement', id);
	return statement;
}

/** @param {string} name @param {number | null} [amount] */
const amountRules = (name, amount) =>
	amount != null && (amount < 0 || (amount > 0 && amount < 100))
		? [badValue(name, 'must be 0, or 100 and more')]
		: [];

const paginated = { ...paging, paginated: flag };

/** @type {import('../server').Routes} */
module.exports = {
	'GET /billing/plans': plans.list(
		{ paginated: flag, payer_type: { ...text, ...oneOf(['user', 'org']) } },
		(rows, { payer_type: payer }) =>
			rows.filter((row) => payer === undefined || row.payer === payer),
	),
	'GET /billing/prices': {
		query: open({ ...paginated, plan_id: text }),
		respond: ({ state, query }) => {
			if (query.plan_id !== undefined) plans.find(state, query.plan_id);
			const rows = state.billingPrices.rows
				.filter((row) => query.plan_id === undefined || row.plan_id === query.plan_id)
				.sort((a, b) => a.amount - b.amount || b.created_at - a.created_at);
			return withTotal(rows, query, presentPrice);
		},
	},
	'POST /billing/prices': {
		body: closed(
			{
				plan_id: text,
				currency: text,
				amount: nullable(integer),
				annual_monthly_amount: nullable(integer),
				description: text,
				supported_billing_periods: { ...text, ...oneOf(['month', 'annual', 'both']) },
			},
			['plan_id', 'amount'],
		),
		respond: ({ state, body }) => {
			const { amount, annual_monthly_amount: annual, ...others } = body;
			refuse(...amountRules('amount', amount), ...amountRules('annual_monthly_amount', annual));
			const plan = plans.find(state, body.plan_id);
			const fields = { ...others, plan_id: plan.id, amount: amount ?? 0 };
			return presentPrice(newPrice(state, { ...fields, annual_monthly_amount: annual ?? null }));
		},
	},
	'GET /billing/statements': {
		query: open(paginated),
		respond: ({ state, query }) => withTotal(statementsOf(state), query, (one) => one),
	},
	'GET /billing/statements/{statementID}': {
		respond: ({ state, params }) => findStatement(state, params.statementID),
	},
	'GET /billing/statements/{statementID}/payment_attempts': {
		query: open(paginated),
		respond: ({ state, params, query }) => {
			const { groups } = findStatement(state, params.statementID);
			return withTotal(
				groups.flatMap(({ items }) => items),
				query,
				(one) => one,
			);
		},
	},
};
