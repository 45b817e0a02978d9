import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { activeSessions } from '../../fields/session';
import { user } from '../../views/user';

export const removePassword = defineOperation({
	name: 'Remove Password',
	value: 'removePassword',
	action: 'Remove password of user',
	description: 'Remove the password of a user, even if it is the only way to sign in',
	request: 'POST /users/{user_id}/remove_password',
	path: [locate('user', { required: true })],
	body: [
		{
			displayName: 'Sign Out of Other Sessions',
			name: 'signOutOfOtherSessions',
			type: 'boolean',
			default: true,
			description: 'Whether to end all sessions of the user as well',
		},
	],
	notice: [
		'Permanently deletes the password of the user. Without another way to sign in, they are locked out.',
		'Sign Out of Other Sessions ends all sessions as well.',
		'This cannot be undone, but Update can set a new password. Dry Run shows what would be lost.',
	],
	destroys: [
		{ name: 'password', path: '/users/{user_id}', within: 'password_enabled' },
		{ ...activeSessions(), appliesTo: ({ body }) => body?.sign_out_of_other_sessions === true },
	],
	returns: one(user),
});
