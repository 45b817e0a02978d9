import { defineOperation, one } from '../../engine/operation';
import { creditAdjustment } from '../../fields/billing';
import { locate } from '../../fields/locators';
import { creditLedgerEntry } from '../../views/billing';

export const adjustCreditBalance = defineOperation({
	name: 'Adjust Credit Balance',
	value: 'adjustCreditBalance',
	action: 'Adjust credit balance of organization',
	description: "Add or remove an organization's credit for upcoming payments",
	request: 'POST /organizations/{organization_id}/billing/credits',
	path: [locate('organization', { required: true })],
	body: creditAdjustment,
	returns: one(creditLedgerEntry),
});
