import { defineOperation, list } from '../../engine/operation';
import { payerType } from '../../fields/billing';
import { paginatedPaging } from '../../fields/paging';
import { billingPlan } from '../../views/billing';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many billing plans',
	description:
		'Get the plans that users or organizations can subscribe to, newest first. Needs billing.',
	request: 'GET /billing/plans',
	query: [payerType],
	returns: list(billingPlan, paginatedPaging),
});
