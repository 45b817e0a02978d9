import { defineOperation, list } from '../../engine/operation';
import { ofPlan } from '../../fields/billing';
import { paginatedPaging } from '../../fields/paging';
import { billingPrice } from '../../views/billing';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many billing prices',
	description: 'Get the default and custom prices of plans, lowest first. Needs billing.',
	request: 'GET /billing/prices',
	query: [ofPlan],
	returns: list(billingPrice, paginatedPaging),
});
