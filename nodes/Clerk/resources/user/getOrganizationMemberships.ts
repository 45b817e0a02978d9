import { defineOperation, list } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { dataPaging } from '../../fields/paging';
import { organizationMembership } from '../../views/organizationMembership';

export const getOrganizationMemberships = defineOperation({
	name: 'Get Organization Memberships',
	value: 'getOrganizationMemberships',
	action: 'Get organization memberships of user',
	description: 'Get the organizations that a user is a member of, with the role in each',
	request: 'GET /users/{user_id}/organization_memberships',
	path: [locate('user', { required: true })],
	returns: list(organizationMembership, dataPaging),
});
