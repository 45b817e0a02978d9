import { defineOperation, one } from '../../engine/operation';
import { subscriptionItem } from '../../fields/billing';
import { locate } from '../../fields/locators';
import { billingDiscountRedemption } from '../../views/billing';

export const applyDiscount = defineOperation({
	name: 'Apply Discount',
	value: 'applyDiscount',
	action: 'Apply discount to billing subscription item',
	description:
		'Give a subscription item a discount that exists, whoever it is meant for. It takes the place of another one; the same one again is refused.',
	request: 'POST /billing/subscription_items/{subscription_item_id}/discounts',
	path: [subscriptionItem],
	body: [locate('discount', { required: true, description: 'The discount to give' })],
	returns: one(billingDiscountRedemption),
});
