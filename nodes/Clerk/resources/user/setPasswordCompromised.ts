import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { activeSessions } from '../../fields/session';
import { user } from '../../views/user';

export const setPasswordCompromised = defineOperation({
	name: 'Set Password Compromised',
	value: 'setPasswordCompromised',
	action: 'Mark password of user as compromised',
	description: "Mark a user's password as compromised: the next sign-in asks for a new one",
	request: 'POST /users/{user_id}/password/set_compromised',
	path: [locate('user', { required: true })],
	body: [
		{
			displayName: 'Revoke All Sessions',
			name: 'revokeAllSessions',
			type: 'boolean',
			default: true,
			nullable: true,
			description:
				'Whether to sign the user out everywhere as well; under Options, Dry Run shows how many sessions that ends',
		},
	],
	destroys: [{ ...activeSessions(), appliesTo: ({ body }) => body?.revoke_all_sessions === true }],
	returns: one(user),
});
