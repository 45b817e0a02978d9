import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { deleted } from '../../views/general';

export const deleteOrganizationRole = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete organization role',
	description: 'Delete a role that no member or invitation has and that is not a default',
	request: 'DELETE /organization_roles/{organization_role_id}',
	path: [fields.organizationRoleId],
	notice: [
		'Permanently deletes the role; its permissions stay. This cannot be undone.',
		'Clerk refuses this while a member or invitation has the role, or while it is the default or creator role.',
		'Dry Run shows the role.',
	],
	destroys: [{ name: 'organizationRole', path: '/organization_roles/{organization_role_id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
