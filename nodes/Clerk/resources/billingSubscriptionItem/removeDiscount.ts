import { defineOperation, one } from '../../engine/operation';
import { itemAmongAll, subscriptionItem } from '../../fields/billing';
import { locate } from '../../fields/locators';
import { billingDiscountRedemption } from '../../views/billing';

export const removeDiscount = defineOperation({
	name: 'Remove Discount',
	value: 'removeDiscount',
	action: 'Remove discount from billing subscription item',
	description: 'Remove a discount, so that the next payment is at full price',
	request: 'DELETE /billing/subscription_items/{subscription_item_id}/discounts/{discount_id}',
	path: [
		subscriptionItem,
		locate('discount', {
			required: true,
			description: "The discount to remove; must be the item's current one",
		}),
	],
	notice: [
		'Removes the discount from the subscription item.',
		'This cannot be undone: a discount that is applied again starts from the beginning. Dry Run shows whether Clerk has the item.',
	],
	destroys: [{ name: 'billingSubscriptionItems', ...itemAmongAll }],
	returns: one(billingDiscountRedemption, { ifNotFound: true }),
});
