import { defineOperation, one } from '../../engine/operation';
import { subscriptionItem } from '../../fields/billing';
import { billingTrialItem } from '../../views/billing';

export const extendFreeTrial = defineOperation({
	name: 'Extend Free Trial',
	value: 'extendFreeTrial',
	action: 'Extend free trial of billing subscription item',
	description: 'Extend the current free trial of an item. Safe to run again with the same date.',
	request: 'POST /billing/subscription_items/{subscription_item_id}/extend_free_trial',
	path: [subscriptionItem],
	body: [
		{
			displayName: 'Extend To',
			name: 'extendTo',
			type: 'dateTime',
			required: true,
			default: '',
			description: 'When the trial ends: in the future, at most 365 days away',
			encode: 'isoDate',
		},
	],
	returns: one(billingTrialItem),
});
