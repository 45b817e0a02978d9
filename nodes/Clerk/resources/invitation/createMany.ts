import { defineOperation, one } from '../../engine/operation';
import { invitationBatch, invitationFieldsOfMany } from '../../fields/invitation';
import { invitation } from '../../views/invitation';

export const createMany = defineOperation({
	name: 'Create Many',
	value: 'createMany',
	action: 'Invite many users to application',
	description:
		'Invite many people to your application by email. Each input item is one invitation.',
	notice:
		'Each input item is one invitation. Clerk rejects a whole call of ten if one entry is invalid.',
	request: 'POST /invitations/bulk',
	body: invitationFieldsOfMany,
	batch: invitationBatch,
	returns: one(invitation),
});
