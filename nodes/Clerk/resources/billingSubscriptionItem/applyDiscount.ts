import { defineOperation, one } from '../../engine/operation';
import { subscriptionItem } from '../../fields/billing';
import { locate } from '../../fields/locators';
import { billingDiscountRedemption } from '../../views/billing';

export const applyDiscount = defineOperation({
	name: 'Apply Discount',
	value: 'applyDiscount',
	action: 'Apply discount to billing subscription item',
	description: 'Give a subscription item an existing discount, in place of the one it has',
	request: 'POST /billing/subscription_items/{subscription_item_id}/discounts',
	path: [subscriptionItem],
	body: [locate('discount', { required: true, description: 'The discount to give' })],
	returns: one(billingDiscountRedemption),
});
