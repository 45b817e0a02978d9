import { defineOperation, one } from '../../engine/operation';
import { itemAmongAll, subscriptionItem } from '../../fields/billing';
import { billingSubscriptionItem } from '../../views/billing';

export const cancel = defineOperation({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel billing subscription item',
	description: 'Cancel a subscription item of a user or organization, now or after the paid period',
	request: 'DELETE /billing/subscription_items/{subscription_item_id}',
	path: [subscriptionItem],
	query: [
		{
			displayName: 'End Now',
			name: 'endNow',
			type: 'boolean',
			default: true,
			description: 'Whether to end it now instead of at the end of the paid period',
		},
	],
	notice: [
		'Cancels the subscription item: at the end of the paid period, or at once with End Now.',
		'This cannot be undone; the payer must subscribe again. Dry Run shows whether Clerk has the item.',
	],
	destroys: [{ name: 'billingSubscriptionItems', ...itemAmongAll }],
	returns: one(billingSubscriptionItem, { ifNotFound: true }),
});
