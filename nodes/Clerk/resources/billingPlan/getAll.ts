import { defineOperation, list } from '../../engine/operation';
import { payerType } from '../../fields/billing';
import { paginatedPaging } from '../../fields/paging';
import { billingPlan } from '../../views/billing';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many billing plans',
	description:
		'Get the plans that can be subscribed to, the newest first. Needs billing to be turned on.',
	request: 'GET /billing/plans',
	query: [payerType],
	returns: list(billingPlan, paginatedPaging),
});
