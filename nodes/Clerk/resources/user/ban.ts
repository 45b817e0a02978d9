import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { activeSessions } from '../../fields/session';
import { user } from '../../views/user';

export const ban = defineOperation({
	name: 'Ban',
	value: 'ban',
	action: 'Ban user',
	description: 'Sign a user out everywhere and let them sign in no more, until they are unbanned',
	request: 'POST /users/{user_id}/ban',
	path: [locate('user', { required: true })],
	notice:
		'This signs the user out everywhere: all sessions are revoked, and unbanning does not bring them back. The Dry Run option shows how many there are.',
	destroys: [activeSessions()],
	returns: one(user),
});
