import { defineOperation, list } from '../../engine/operation';
import { filters } from '../../fields/organizationRole';
import { orderedPaging } from '../../fields/paging';
import { organizationPermission } from '../../views/organizationRole';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many organization permissions',
	description: "Get the permissions of the instance, Clerk's own included",
	request: 'GET /organization_permissions',
	query: filters,
	returns: list(organizationPermission, orderedPaging),
});
