import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { roleSet } from '../../views/organizationRole';

export const addRoles = defineOperation({
	name: 'Add Roles',
	value: 'addRoles',
	action: 'Add roles to role set',
	description: 'Add roles to a role set, so that organizations with the set can use them',
	request: 'POST /role_sets/{role_set_key_or_id}/roles',
	path: [fields.roleSetId],
	body: [{ ...fields.roleKeys, required: true }, fields.defaultRoleKey, fields.creatorRoleKey],
	returns: one(roleSet),
});
