import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { organizationRole } from '../../views/organizationRole';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create organization role',
	description: 'Create a role for members of organizations. Needs a plan with custom roles.',
	request: 'POST /organization_roles',
	body: [
		{ ...fields.name, required: true },
		{ ...fields.roleKey, required: true },
		orNull(fields.description),
		{
			displayName: 'Include in Initial Role Set',
			name: 'includeInInitialRoleSet',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether to add the role to the role set of new organizations',
		},
		fields.permissions,
	],
	returns: one(organizationRole),
});
