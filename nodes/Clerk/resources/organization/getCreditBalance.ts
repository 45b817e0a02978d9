import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { creditBalance } from '../../views/billing';

export const getCreditBalance = defineOperation({
	name: 'Get Credit Balance',
	value: 'getCreditBalance',
	action: 'Get credit balance of organization',
	description: 'Get how much credit an organization has for upcoming payments',
	request: 'GET /organizations/{organization_id}/billing/credits',
	path: [locate('organization', { required: true })],
	returns: one(creditBalance, { ifNotFound: true }),
});
