import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { organizationRole } from '../../views/organizationRole';

export const removePermission = defineOperation({
	name: 'Remove Permission',
	value: 'removePermission',
	action: 'Remove permission from organization role',
	description: 'Remove a permission from a role, and so from every member who has the role',
	request: 'DELETE /organization_roles/{organization_role_id}/permissions/{permission_id}',
	path: [fields.organizationRoleId, fields.permissionId],
	notice: [
		'Removes the permission from every member who has the role. They lose what it allows immediately, which cannot be undone.',
		'The permission itself stays, and can be assigned again. Dry Run shows whether the role has it.',
	],
	destroys: [
		{
			name: 'permissions',
			path: '/organization_roles/{organization_role_id}',
			within: 'permissions',
			rowId: 'permission_id',
		},
	],
	returns: one(organizationRole),
});
