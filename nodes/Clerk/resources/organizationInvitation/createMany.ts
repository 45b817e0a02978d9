import { defineOperation, one } from '../../engine/operation';
import { invitationBatch, organizationInvitationFields } from '../../fields/invitation';
import { locate } from '../../fields/locators';
import { organizationInvitation } from '../../views/organizationInvitation';

export const createMany = defineOperation({
	name: 'Create Many',
	value: 'createMany',
	action: 'Invite many users to organizations',
	description:
		'Invite a list of people to organizations by e-mail: each input item is one invitation, and ten of the same organization go in one call. Clerk refuses the whole call for one bad entry.',
	request: 'POST /organizations/{organization_id}/invitations/bulk',
	path: [locate('organization', { required: true })],
	body: organizationInvitationFields,
	batch: invitationBatch,
	returns: one(organizationInvitation),
});
