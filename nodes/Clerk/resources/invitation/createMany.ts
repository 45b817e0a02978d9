import { defineOperation, one } from '../../engine/operation';
import { invitationBatch, invitationFields } from '../../fields/invitation';
import { invitation } from '../../views/invitation';

export const createMany = defineOperation({
	name: 'Create Many',
	value: 'createMany',
	action: 'Create many invitations',
	description:
		'Invite a list of people to sign up to your application by e-mail: each input item is one invitation, and ten go in one call',
	request: 'POST /invitations/bulk',
	body: invitationFields,
	batch: invitationBatch,
	returns: one(invitation),
});
