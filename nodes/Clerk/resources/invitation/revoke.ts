import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { invitation } from '../../views/invitation';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke invitation',
	description: 'Revoke an invitation to your application; the person can still sign up without it',
	request: 'POST /invitations/{invitation_id}/revoke',
	path: [locate('pendingInvitation', { required: true, description: 'The invitation to revoke' })],
	notice: [
		'Ends the invitation: its link no longer works. The person is not notified.',
		'To invite the person again, create a new one. Dry Run shows whether it exists.',
	],
	destroys: [
		{
			name: 'invitations',
			path: '/invitations',
			query: { query: '{invitation_id}', paginated: true, limit: 1 },
		},
	],
	returns: one(invitation),
});
