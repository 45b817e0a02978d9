import { defineOperation, list } from '../../engine/operation';
import { invitationStatus } from '../../fields/invitation';
import { locate } from '../../fields/locators';
import { dataPaging } from '../../fields/paging';
import { organizationInvitation } from '../../views/organizationInvitation';

export const getOrganizationInvitations = defineOperation({
	name: 'Get Organization Invitations',
	value: 'getOrganizationInvitations',
	action: 'Get organization invitations of user',
	description: 'Get the invitations to organizations that were sent to a user',
	request: 'GET /users/{user_id}/organization_invitations',
	path: [locate('user', { required: true })],
	query: [invitationStatus],
	returns: list(organizationInvitation, dataPaging),
});
