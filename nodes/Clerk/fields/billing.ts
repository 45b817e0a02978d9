import type { Field } from '../engine/operation';

/** A change of a credit balance, be it of a user or of an organization. */
export const creditAdjustment: Field[] = [
	{
		displayName: 'Adjustment',
		// n8n's lint takes a field named "action" for a list of operations.
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
		typeOptions: { minValue: 1 },
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
			'Text that stands for this one adjustment, such as the ID of a refund. Clerk carries out an adjustment once per key, so it is safe to run this again with the same key: nothing changes, and the first entry is the answer.',
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
