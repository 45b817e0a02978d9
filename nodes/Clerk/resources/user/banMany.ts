import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { activeSessions } from '../../fields/session';
import { manyUsers } from '../../fields/user';
import { user } from '../../views/user';

export const banMany = defineOperation({
	name: 'Ban Many',
	value: 'banMany',
	action: 'Ban many users',
	description: 'Ban many users, fifty per call. Each input item is one user.',
	request: 'POST /users/ban',
	body: [
		locate('user', {
			required: true,
			wire: 'user_ids',
		}),
	],
	batch: manyUsers,
	notice: [
		'Signs the users out everywhere; unbanning does not bring the sessions back.',
		'Each input item is one user. Clerk rejects a whole call of fifty if one entry is invalid.',
		'Under Options, Dry Run shows how many sessions there are.',
	],
	destroys: [activeSessions('user_ids')],
	returns: one(user),
});
