import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { deleted } from '../../views/general';

export const deleteOrganizationPermission = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete organization permission',
	description: "Delete a custom permission; Clerk's own (org:sys_…) cannot be deleted",
	request: 'DELETE /organization_permissions/{permission_id}',
	path: [fields.permissionId],
	notice: [
		'Permanently deletes the permission and removes it from every role, so members can no longer do what it allowed.',
		'This cannot be undone. Dry Run shows the permission.',
	],
	destroys: [{ name: 'organizationPermission', path: '/organization_permissions/{permission_id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
