import { defineOperation, one } from '../../engine/operation';
import { statement } from '../../fields/billing';
import { billingStatement } from '../../views/billing';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get billing statement',
	description: 'Get one statement: who was billed, for what, and the totals in cents',
	request: 'GET /billing/statements/{statementID}',
	path: [statement],
	returns: one(billingStatement, { ifNotFound: true }),
});
