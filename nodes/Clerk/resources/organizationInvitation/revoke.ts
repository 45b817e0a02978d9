import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { organizationInvitation } from '../../views/organizationInvitation';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke organization invitation',
	description: 'Revoke a pending organization invitation, so that its link no longer works',
	request: 'POST /organizations/{organization_id}/invitations/{invitation_id}/revoke',
	path: [
		locate('organization', { required: true }),
		locate('pendingOrganizationInvitation', {
			wire: 'invitation_id',
			required: true,
			description: 'The invitation to revoke; must be pending',
		}),
	],
	body: [
		locate('user', {
			as: 'requestingUserId',
			nullable: true,
			displayName: 'Revoked By',
			description: 'The administrator of the organization who revokes it',
		}),
	],
	notice: [
		'Ends the invitation: its link no longer works. The person is not notified.',
		'To invite the person again, create a new one. Dry Run shows the invitation.',
	],
	destroys: [
		{
			name: 'organizationInvitation',
			path: '/organizations/{organization_id}/invitations/{invitation_id}',
		},
	],
	returns: one(organizationInvitation),
});
