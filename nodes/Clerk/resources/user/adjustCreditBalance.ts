import { defineOperation, one } from '../../engine/operation';
import { creditAdjustment } from '../../fields/billing';
import { locate } from '../../fields/locators';
import { creditLedgerEntry } from '../../views/billing';

export const adjustCreditBalance = defineOperation({
	name: 'Adjust Credit Balance',
	value: 'adjustCreditBalance',
	action: 'Adjust credit balance of user',
	description: "Add or remove a user's credit for upcoming payments",
	request: 'POST /users/{user_id}/billing/credits',
	path: [locate('user', { required: true })],
	body: creditAdjustment,
	returns: one(creditLedgerEntry),
});
