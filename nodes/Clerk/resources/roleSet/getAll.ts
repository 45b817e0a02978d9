import { defineOperation, list } from '../../engine/operation';
import { filters } from '../../fields/organizationRole';
import { orderedPaging } from '../../fields/paging';
import { roleSet } from '../../views/organizationRole';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many role sets',
	description: 'Get the role sets of the instance, each with its roles',
	request: 'GET /role_sets',
	query: filters,
	returns: list(roleSet, orderedPaging),
});
