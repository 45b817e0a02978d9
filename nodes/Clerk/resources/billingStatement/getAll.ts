import { defineOperation, list } from '../../engine/operation';
import { paginatedPaging } from '../../fields/paging';
import { billingStatement } from '../../views/billing';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many billing statements',
	description: 'Get what users and organizations were billed, newest first. Needs billing.',
	request: 'GET /billing/statements',
	returns: list(billingStatement, paginatedPaging),
});
