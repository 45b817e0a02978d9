import { defineOperation, list } from '../../engine/operation';
import { statement } from '../../fields/billing';
import { paginatedPaging } from '../../fields/paging';
import { billingPaymentAttempt } from '../../views/billing';

export const getPaymentAttempts = defineOperation({
	name: 'Get Payment Attempts',
	value: 'getPaymentAttempts',
	action: 'Get payment attempts of billing statement',
	description:
		'Get the attempts to charge a statement, newest first: pending, paid or failed, and how',
	request: 'GET /billing/statements/{statementID}/payment_attempts',
	path: [statement],
	returns: list(billingPaymentAttempt, paginatedPaging),
});
