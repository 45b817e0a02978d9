import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { billingSubscription } from '../../views/billing';

export const getBillingSubscription = defineOperation({
	name: 'Get Billing Subscription',
	value: 'getBillingSubscription',
	action: 'Get billing subscription of organization',
	description: 'Get what an organization pays for: plans, status and the next payment',
	request: 'GET /organizations/{organization_id}/billing/subscription',
	path: [locate('organization', { required: true })],
	returns: one(billingSubscription, { ifNotFound: true }),
});
