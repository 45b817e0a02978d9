import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { billingSubscription } from '../../views/billing';

export const getBillingSubscription = defineOperation({
	name: 'Get Billing Subscription',
	value: 'getBillingSubscription',
	action: 'Get billing subscription of user',
	description: 'Get what a user pays for: plans, status and the next payment',
	request: 'GET /users/{user_id}/billing/subscription',
	path: [locate('user', { required: true })],
	returns: one(billingSubscription, { ifNotFound: true }),
});
