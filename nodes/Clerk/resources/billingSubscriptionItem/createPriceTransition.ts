import { defineOperation, one } from '../../engine/operation';
import { subscriptionItem } from '../../fields/billing';
import { locate } from '../../fields/locators';
import { billingPriceTransition } from '../../views/billing';

export const createPriceTransition = defineOperation({
	name: 'Create Price Transition',
	value: 'createPriceTransition',
	action: 'Create price transition of billing subscription item',
	description: 'Move a subscription item to another price. It may charge the payer at once.',
	request: 'POST /billing/subscription_items/{subscription_item_id}/price_transition',
	path: [subscriptionItem],
	body: [
		locate('billingPrice', {
			as: 'fromPriceId',
			displayName: 'From Price',
			required: true,
			description: 'The price it has now',
		}),
		locate('billingPrice', {
			as: 'toPriceId',
			displayName: 'To Price',
			required: true,
			description: 'The price it will have',
		}),
	],
	returns: one(billingPriceTransition),
});
