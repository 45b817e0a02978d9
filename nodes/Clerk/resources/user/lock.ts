import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { user } from '../../views/user';

export const lock = defineOperation({
	name: 'Lock',
	value: 'lock',
	action: 'Lock user',
	description: 'Lock a user out until the lock expires; your instance sets how long that takes',
	request: 'POST /users/{user_id}/lock',
	path: [locate('user', { required: true })],
	returns: one(user),
});
