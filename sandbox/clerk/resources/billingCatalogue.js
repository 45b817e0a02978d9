'use strict';

const { badValue, notFound, refuse } = require('../errors');
const { freePlan, money, planValues, statementsOf } = require('../records/billing');
const { defineResource } = require('../resource');

const plans = defineResource({
	path: '/billing/plans',
	table: 'billingPlans',
	shown: planValues,
	filters: { payer_type: (wanted) => (row) => row.payer === wanted },
	routes: {
		'GET /billing/statements': ({ state }) => statementsOf(state),
		'GET /billing/statements/{statementID}': findStatement,
		'GET /billing/statements/{statementID}/payment_attempts': (call) =>
			findStatement(call).groups.flatMap(({ items }) => items),
	},
});

/** @param {Call} call */
function findStatement({ state, params: { statementID: id = '' } }) {
	const statement = statementsOf(state).find((one) => one.id === id);
	if (!statement) throw notFound('statement', id);
	return statement;
}

/** @param {string} name @param {number | null} [amount] */
const amountRules = (name, amount) =>
	amount != null && (amount < 0 || (amount > 0 && amount < 100))
		? [badValue(name, 'must be 0, or 100 and more')]
		: [];

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
		const { amount, annual_monthly_amount: annual } = body;
		refuse(...amountRules('amount', amount), ...amountRules('annual_monthly_amount', annual));
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

/** A plan, and the price that everybody pays. @param {State} state @param {import('../records/billing').Plan} plan */
function plantPlan(state, plan) {
	const { id } = plans.make(state, { ...plan, id: `cplan_${plan.slug}` });
	prices.make(state, { plan_id: id, amount: plan.fee, is_default: true });
}

/** Every instance has them. @param {State} state */
function plantFreePlans(state) {
	plantPlan(state, freePlan('user'));
	plantPlan(state, freePlan('org'));
}

module.exports = {
	plans,
	plantFreePlans,
	plantPlan,
	prices,
	routes: { ...plans.routes, ...prices.routes },
};
