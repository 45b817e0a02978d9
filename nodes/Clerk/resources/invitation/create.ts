import { defineOperation, one } from '../../engine/operation';
import { invitationFields } from '../../fields/invitation';
import { invitation } from '../../views/invitation';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Invite user to application',
	description: 'Invite a person to your application by email',
	request: 'POST /invitations',
	body: invitationFields,
	returns: one(invitation),
});
