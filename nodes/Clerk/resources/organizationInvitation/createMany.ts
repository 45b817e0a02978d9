import { defineOperation, one } from '../../engine/operation';
import { invitationBatch, organizationInvitationFields } from '../../fields/invitation';
import { locate } from '../../fields/locators';
import { organizationInvitation } from '../../views/organizationInvitation';

export const createMany = defineOperation({
	name: 'Create Many',
	value: 'createMany',
	action: 'Invite many users to organizations',
	description: 'Invite many people to organizations by email. Each input item is one invitation.',
	notice:
		'Each input item is one invitation. Clerk rejects a whole call of ten if one entry is invalid.',
	request: 'POST /organizations/{organization_id}/invitations/bulk',
	path: [locate('organization', { required: true })],
	body: organizationInvitationFields,
	batch: invitationBatch,
	returns: one(organizationInvitation),
});
