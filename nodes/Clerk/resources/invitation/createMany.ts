import { defineOperation, one } from '../../engine/operation';
import { invitationBatch, invitationFieldsOfMany } from '../../fields/invitation';
import { invitation } from '../../views/invitation';

export const createMany = defineOperation({
	name: 'Create Many',
	value: 'createMany',
	action: 'Invite many users to application',
	description:
		'Invite a list of people to sign up to your application by e-mail: each input item is one invitation, and ten go in one call. Clerk refuses the whole call for one bad entry.',
	request: 'POST /invitations/bulk',
	body: invitationFieldsOfMany,
	batch: invitationBatch,
	returns: one(invitation),
});
