import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationRole';
import { organizationPermission } from '../../views/organizationRole';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create organization permission',
	description: 'Create a permission for roles. Needs a plan with custom permissions.',
	request: 'POST /organization_permissions',
	body: [
		{ ...fields.name, required: true },
		{ ...fields.permissionKey, required: true },
		fields.description,
	],
	returns: one(organizationPermission),
});
