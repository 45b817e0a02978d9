import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { organizationRole } from '../../views/organizationRole';

export const assignPermission = defineOperation({
	name: 'Assign Permission',
	value: 'assignPermission',
	action: 'Assign permission to organization role',
	description: 'Add a permission to a role, and so to every member who has the role',
	request: 'POST /organization_roles/{organization_role_id}/permissions/{permission_id}',
	path: [fields.organizationRoleId, fields.permissionId],
	returns: one(organizationRole),
});
