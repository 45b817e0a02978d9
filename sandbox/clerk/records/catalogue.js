'use strict';

const { freePlan, money, presentPlan } = require('./billing');

/**
 * What an instance sells: plans, and what they cost.
 *
 * @typedef {import('./billing').Plan & { id: string, created_at: number, updated_at: number }} PlanRow
 *
 * @typedef {object} PriceRow
 * @property {string} id
 * @property {string} plan_id
 * @property {string} currency
 * @property {number} amount in cents
 * @property {number | null} annual_monthly_amount
 * @property {string | null} description
 * @property {boolean} is_default
 * @property {'month' | 'annual' | 'both'} supported_billing_periods
 * @property {number} created_at
 */

/** @typedef {import('../state').State} State */

/** A plan, and the price that everybody pays. @param {State} state @param {import('./billing').Plan} plan */
function plantPlan(state, plan) {
	const at = state.clock();
	const id = `cplan_${plan.slug}`;
	state.billingPlans.insert({ ...plan, id, created_at: at, updated_at: at });
	newPrice(state, { plan_id: id, amount: plan.fee, is_default: true });
}

/** Every instance has them. @param {State} state */
function plantFreePlans(state) {
	plantPlan(state, freePlan('user'));
	plantPlan(state, freePlan('org'));
}

/** @param {State} state @param {Partial<PriceRow> & { plan_id: string, amount: number }} fields */
function newPrice(state, fields) {
	const annual = fields.annual_monthly_amount ?? null;
	return state.billingPrices.insert({
		id: state.newId('cprice'),
		currency: 'USD',
		description: null,
		is_default: false,
		supported_billing_periods: annual === null ? 'month' : 'both',
		created_at: state.clock(),
		...fields,
		annual_monthly_amount: annual,
	});
}

/** @param {PlanRow} row */
const presentPlanRow = (row) => presentPlan(row);

/** @param {PriceRow} price */
const presentPrice = ({ annual_monthly_amount: annual, ...price }) => ({
	object: 'commerce_price',
	...price,
	instance_id: 'ins_sandbox',
	currency_symbol: money(0, price.currency).currency_symbol,
	annual_monthly_amount: annual ?? 0,
	fee: money(price.amount, price.currency),
	annual_monthly_fee: annual === null ? null : money(annual, price.currency),
});

module.exports = { newPrice, plantFreePlans, plantPlan, presentPlanRow, presentPrice };
