import { defineOperation, one } from '../../engine/operation';
import { subscriptionItem } from '../../fields/billing';
import { locate } from '../../fields/locators';
import { billingDiscountRedemption } from '../../views/billing';

export const applyDiscount = defineOperation({
	name: 'Apply Discount',
	value: 'applyDiscount',
	action: 'Apply discount to billing subscription item',
	description: 'Apply an existing discount to a subscription item, replacing the current one',
	request: 'POST /billing/subscription_items/{subscription_item_id}/discounts',
	path: [subscriptionItem],
	body: [locate('discount', { required: true, description: 'The discount to apply' })],
	returns: one(billingDiscountRedemption),
});
