import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { user } from '../../views/user';

export const lock = defineOperation({
	name: 'Lock',
	value: 'lock',
	action: 'Lock user',
	description:
		'Let a user sign in no more until the lock expires, which is after the time that your instance says',
	request: 'POST /users/{user_id}/lock',
	path: [locate('user', { required: true })],
	returns: one(user),
});
