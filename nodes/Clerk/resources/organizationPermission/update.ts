import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { organizationPermission } from '../../views/organizationRole';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update organization permission',
	description: 'Update the fields you add of a custom permission; roles keep it',
	request: 'PATCH /organization_permissions/{permission_id}',
	path: [fields.permissionId],
	body: [fields.name, fields.permissionKey, fields.description],
	returns: one(organizationPermission, { ifNotFound: true }),
});
