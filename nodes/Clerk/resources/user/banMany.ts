import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { activeSessions } from '../../fields/session';
import { manyUsers } from '../../fields/user';
import { user } from '../../views/user';

export const banMany = defineOperation({
	name: 'Ban Many',
	value: 'banMany',
	action: 'Ban many users',
	description:
		'Sign many users out everywhere and let them sign in no more, until they are unbanned. Each input item is one user, and fifty go in one call. Clerk refuses the whole call for one bad entry.',
	request: 'POST /users/ban',
	body: [
		locate('user', {
			required: true,
			wire: 'user_ids',
		}),
	],
	batch: manyUsers,
	notice:
		'This signs the users out everywhere: all sessions are revoked, and unbanning does not bring them back. The Dry Run option shows how many there are of each.',
	destroys: [activeSessions('user_ids')],
	returns: one(user),
});
