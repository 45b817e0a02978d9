import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { organizationRole } from '../../views/organizationRole';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update organization role',
	description: 'Update the fields you add of a role; members keep it, even if you change its key',
	request: 'PATCH /organization_roles/{organization_role_id}',
	path: [fields.organizationRoleId],
	body: [
		orNull(fields.name),
		orNull(fields.roleKey),
		orNull(fields.description),
		fields.permissions,
	],
	returns: one(organizationRole, { ifNotFound: true }),
});
