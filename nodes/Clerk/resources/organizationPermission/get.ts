import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { organizationPermission } from '../../views/organizationRole';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get organization permission',
	description: 'Get one permission by ID',
	request: 'GET /organization_permissions/{permission_id}',
	path: [fields.permissionId],
	returns: one(organizationPermission, { ifNotFound: true }),
});
