import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of an adjustment to the credit balance of a user or an organization. */
export const creditAdjustment: Field[] = [
	{
		displayName: 'Adjustment',
		// n8n's lint rules take a list of choices named "action" for operations (docs/n8n-notes.md, 40).
		name: 'adjustment',
		wire: 'action',
		type: 'options',
		required: true,
		options: [
			{ name: 'Decrease', value: 'decrease', description: 'Remove credit' },
			{ name: 'Increase', value: 'increase', description: 'Add credit' },
		],
		default: 'increase',
		description: 'Whether to add or remove credit',
	},
	{
		displayName: 'Amount (Cents)',
		name: 'amount',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		required: true,
		default: '',
		placeholder: 'e.g. 500',
		description: 'The amount in cents, above zero: 500 is 5.00',
	},
	{
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. refund-4711',
		description:
			'Identifies this adjustment, such as a refund ID. Clerk applies each key once, so it is safe to run again.',
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'USD',
		placeholder: 'e.g. USD',
		description: 'Currency code; USD by default',
	},
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		default: '',
		description: 'Why you adjust the balance; stored with the entry',
	},
];

export const statement = locate('billingStatement', {
	wire: 'statementID',
	required: true,
	description: 'The billing statement of a user or organization',
});

export const subscriptionItem = locate('billingSubscriptionItem', {
	wire: 'subscription_item_id',
	required: true,
	description: 'The plan that a user or an organization is subscribed to',
});

export const ofPlan = locate('billingPlan', {
	wire: 'plan_id',
	description: 'Only results for this plan',
});

export const payerType: Field = {
	displayName: 'Payer Type',
	name: 'payerType',
	type: 'options',
	options: [
		{ name: 'Organization', value: 'org' },
		{ name: 'User', value: 'user' },
	],
	default: 'user',
	description: 'Only plans for users or only plans for organizations',
};

/** Counts an item in the list of all items, as Clerk has no route that returns a single one. */
export const itemAmongAll = {
	path: '/billing/subscription_items',
	query: { paginated: true, include_free: true, limit: 500 },
	rowId: 'subscription_item_id',
};

/** Fields of a price of a plan. */
export const priceFields: Field[] = [
	locate('billingPlan', {
		wire: 'plan_id',
		required: true,
		description: 'The plan that the price belongs to',
	}),
	{
		displayName: 'Amount (Cents)',
		name: 'amount',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		required: true,
		default: '',
		placeholder: 'e.g. 1200',
		description: 'The price of a month, in cents: 0 for free, otherwise at least 100',
	},
	{
		displayName: 'Annual Monthly Amount (Cents)',
		name: 'annualMonthlyAmount',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		nullable: true,
		description:
			'The price of a month when billed annually, in cents: 0 for free, otherwise at least 100',
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'USD',
		placeholder: 'e.g. USD',
		description: 'Currency code; USD by default',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		description: 'What distinguishes the price, such as the customer it is for',
	},
	{
		displayName: 'Supported Billing Periods',
		name: 'supportedBillingPeriods',
		type: 'options',
		options: [
			{ name: 'Annually', value: 'annual' },
			{ name: 'Both', value: 'both' },
			{ name: 'Monthly', value: 'month' },
		],
		default: 'month',
		description:
			'How often customers can pay. By default, this follows from the amounts you enter.',
	},
];
