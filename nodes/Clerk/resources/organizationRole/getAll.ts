import { defineOperation, list } from '../../engine/operation';
import { filters } from '../../fields/organizationRole';
import { orderedPaging } from '../../fields/paging';
import { organizationRole } from '../../views/organizationRole';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many organization roles',
	description: 'Get the roles of the instance, each with its permissions',
	request: 'GET /organization_roles',
	query: filters,
	returns: list(organizationRole, orderedPaging),
});
