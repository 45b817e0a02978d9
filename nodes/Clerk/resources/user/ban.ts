import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { activeSessions } from '../../fields/session';
import { user } from '../../views/user';

export const ban = defineOperation({
	name: 'Ban',
	value: 'ban',
	action: 'Ban user',
	description: 'Sign a user out everywhere and block sign-in until they are unbanned',
	request: 'POST /users/{user_id}/ban',
	path: [locate('user', { required: true })],
	notice: [
		'Signs the user out everywhere; unbanning does not bring the sessions back.',
		'Under Options, Dry Run shows how many sessions there are.',
	],
	destroys: [activeSessions()],
	returns: one(user),
});
