import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { organizationMembership } from '../../views/organizationMembership';

export const update = defineOperation({
	name: 'Update Role',
	value: 'update',
	action: 'Update role of organization member',
	description: 'Give a member of an organization another role',
	request: 'PATCH /organizations/{organization_id}/memberships/{user_id}',
	path: [
		locate('organization', { required: true }),
		locate('organizationMember', { required: true }),
	],
	body: [
		locate('role', {
			required: true,
			description: 'The new role of the member',
		}),
	],
	returns: one(organizationMembership, { ifNotFound: true }),
});
