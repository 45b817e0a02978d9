import { defineOperation, one } from '../../engine/operation';
import { invitedAddress, organizationInvitationFields } from '../../fields/invitation';
import { locate } from '../../fields/locators';
import { organizationInvitation } from '../../views/organizationInvitation';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Invite user to organization',
	description: 'Invite a person to an organization by email',
	request: 'POST /organizations/{organization_id}/invitations',
	path: [locate('organization', { required: true })],
	body: organizationInvitationFields,
	target: invitedAddress,
	returns: one(organizationInvitation),
});
