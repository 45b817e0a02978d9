import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import * as fields from '../../fields/organizationRole';
import { roleSet } from '../../views/organizationRole';

export const replaceRole = defineOperation({
	name: 'Replace Role',
	value: 'replaceRole',
	action: 'Replace role in role set',
	description: 'Remove a role from a role set, and give its members another role of the set',
	request: 'POST /role_sets/{role_set_key_or_id}/roles/replace',
	path: [fields.roleSetId],
	body: [
		locate('role', {
			as: 'roleKey',
			displayName: 'Old Role',
			required: true,
			description: 'The role to remove from the set',
		}),
		locate('role', {
			as: 'toRoleKey',
			displayName: 'New Role',
			required: true,
			description: 'The role of the set that its members get',
		}),
	],
	notice: [
		'Gives the new role to every member with the old one, in all organizations with this role set.',
		'This cannot be undone: Clerk does not remember who had the old role.',
	],
	returns: one(roleSet),
});
