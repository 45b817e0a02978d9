import type { ClerkRecord, Locator } from '../../engine/operation';
import { labelled, listed } from './listed';
import { byId, textMode } from './modes';

const partOf = (record: ClerkRecord, name: string): ClerkRecord =>
	(record[name] ?? {}) as ClerkRecord;

/** Returns the name of the payer, such as "Ada Lovelace" or "Acme Corp", or else an email address or ID. */
function payerOf(record: ClerkRecord): string {
	const payer = partOf(record, 'payer');
	const name = [payer.first_name, payer.last_name].filter(Boolean).join(' ');
	return String(payer.organization_name || name || payer.email || payer.id || record.payer_id);
}

export const billingPlan = listed({
	noun: 'plan',
	displayName: 'Plan',
	parameter: 'billingPlanId',
	...byId('cplan_2NNEqL2nrIRd…'),
	method: 'searchBillingPlans',
	title: 'plans',
	path: '/billing/plans',
	query: { paginated: true },
	label: ({ name, slug }) => labelled(name, slug),
});

export const billingPrice = listed({
	noun: 'price',
	displayName: 'Price',
	parameter: 'billingPriceId',
	...byId('cprice_2NNEqL2nrIRd…'),
	method: 'searchBillingPrices',
	title: 'prices',
	path: '/billing/prices',
	query: { paginated: true },
	label: (price) => {
		const monthly = partOf(price, 'fee').amount_formatted;
		const annual = partOf(price, 'annual_monthly_fee').amount_formatted;
		const amount = String(monthly ?? annual ?? price.amount);
		const what = price.description || (price.is_default ? 'default' : 'custom');
		const paid = monthly || !annual ? '' : ', paid annually';
		return `${amount} a month${paid} (${String(what)}, ${String(price.plan_id)})`;
	},
});

export const billingStatement = listed({
	noun: 'statement',
	displayName: 'Statement',
	parameter: 'billingStatementId',
	idMode: textMode('id', 'By ID', 'e.g. the ID from Get Many'),
	method: 'searchBillingStatements',
	title: 'statements',
	path: '/billing/statements',
	query: { paginated: true },
	label: (statement) => {
		const { grand_total: total } = partOf(statement, 'totals') as { grand_total?: ClerkRecord };
		const { timestamp, status } = statement;
		const day = typeof timestamp === 'number' ? new Date(timestamp).toISOString().slice(0, 10) : '';
		const parts = [day, payerOf(statement), total?.amount_formatted].filter(Boolean);
		return `${parts.join(', ')} (${String(status)})`;
	},
});

/** The list includes ended items, and items of free plans, which Clerk leaves out by default. */
export const billingSubscriptionItem = listed({
	noun: 'subscription item',
	displayName: 'Subscription Item',
	parameter: 'billingSubscriptionItemId',
	...byId('csub_item_2NNEqL2nrIRd…'),
	method: 'searchBillingSubscriptionItems',
	title: 'subscription items',
	path: '/billing/subscription_items',
	query: { paginated: true, include_free: true },
	searchedBy: 'query',
	label: (item) => {
		const plan = partOf(item, 'plan').name ?? item.plan_id;
		return `${payerOf(item)}: ${String(plan)} (${String(item.status)})`;
	},
});

/** Clerk's API lists no discounts; the Dashboard shows their IDs. */
export const discount: Locator = {
	noun: 'discount',
	displayName: 'Discount',
	parameter: 'discountId',
	idMode: textMode('id', 'By ID', 'e.g. the ID from the Clerk Dashboard'),
};
