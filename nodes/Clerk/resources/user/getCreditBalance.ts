import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { creditBalance } from '../../views/billing';

export const getCreditBalance = defineOperation({
	name: 'Get Credit Balance',
	value: 'getCreditBalance',
	action: 'Get credit balance of user',
	description: 'Get how much credit a user has for upcoming payments',
	request: 'GET /users/{user_id}/billing/credits',
	path: [locate('user', { required: true })],
	returns: one(creditBalance, { ifNotFound: true }),
});
