import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { organizationRole } from '../../views/organizationRole';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create organization role',
	description:
		'Create a role that members of organizations can have; needs a plan with custom roles',
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
			description: 'Whether new organizations have the role, as it is in their role set',
		},
		fields.permissions,
	],
	returns: one(organizationRole),
});
