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
			{ name: 'Decrease', value: 'decrease', description: 'Take credit away' },
			{ name: 'Increase', value: 'increase', description: 'Give credit' },
		],
		default: 'increase',
		description: 'Whether to give credit or to take it away',
	},
	{
		displayName: 'Amount (Cents)',
		name: 'amount',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		required: true,
		default: '',
		placeholder: 'e.g. 500',
		description: 'How much, in cents and above zero: 500 is 5.00 in the currency',
	},
	{
		displayName: 'Idempotency Key',
		name: 'idempotencyKey',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. refund-4711',
		description:
			'Identifies this adjustment, such as the ID of a refund. Clerk carries out each key once, so running it again is safe.',
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'USD',
		placeholder: 'e.g. USD',
		description: 'Code of the currency; without it, US dollars',
	},
	{
		displayName: 'Note',
		name: 'note',
		type: 'string',
		default: '',
		description: 'Why the balance was adjusted, kept with the entry',
	},
];

export const statement = locate('billingStatement', {
	wire: 'statementID',
	required: true,
	description: 'The statement of what was billed to a user or an organization',
});

export const subscriptionItem = locate('billingSubscriptionItem', {
	wire: 'subscription_item_id',
	required: true,
	description: 'The plan that a user or an organization is subscribed to',
});

export const ofPlan = locate('billingPlan', {
	wire: 'plan_id',
	description: 'Only those of this plan',
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
		description: 'The plan it is a price of',
	}),
	{
		displayName: 'Amount (Cents)',
		name: 'amount',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		required: true,
		default: '',
		placeholder: 'e.g. 1200',
		description: 'What a month costs, in cents: 0 is free of charge, otherwise at least 100',
	},
	{
		displayName: 'Annual Monthly Amount (Cents)',
		name: 'annualMonthlyAmount',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		nullable: true,
		description:
			'What a month costs when paid for a year, in cents: 0 is free of charge, otherwise at least 100',
	},
	{
		displayName: 'Currency',
		name: 'currency',
		type: 'string',
		default: 'USD',
		placeholder: 'e.g. USD',
		description: 'Code of the currency; without it, US dollars',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		description: 'What tells the price apart, such as whom it is for',
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
		description: 'How often customers can pay; without it, Clerk goes by the amounts you give',
	},
];
