import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { organizationRole } from '../../views/organizationRole';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get organization role',
	description: 'Get one role by ID, with its permissions',
	request: 'GET /organization_roles/{organization_role_id}',
	path: [fields.organizationRoleId],
	returns: one(organizationRole, { ifNotFound: true }),
});
