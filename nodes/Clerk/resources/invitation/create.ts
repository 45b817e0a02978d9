import { defineOperation, one } from '../../engine/operation';
import { invitationFields } from '../../fields/invitation';
import { invitation } from '../../views/invitation';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Invite user to application',
	description: 'Invite somebody to sign up to your application by e-mail',
	request: 'POST /invitations',
	body: invitationFields,
	returns: one(invitation),
});
