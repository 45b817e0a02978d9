import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { manyUsers } from '../../fields/user';
import { user } from '../../views/user';

export const unbanMany = defineOperation({
	name: 'Unban Many',
	value: 'unbanMany',
	action: 'Unban many users',
	description: 'Let many banned users sign in again, fifty per call. Each input item is one user.',
	notice:
		'Each input item is one user. Clerk rejects a whole call of fifty if one entry is invalid.',
	request: 'POST /users/unban',
	body: [
		locate('user', {
			required: true,
			wire: 'user_ids',
		}),
	],
	batch: manyUsers,
	returns: one(user),
});
