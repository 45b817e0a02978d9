import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { user } from '../../views/user';

export const unlock = defineOperation({
	name: 'Unlock',
	value: 'unlock',
	action: 'Unlock user',
	description: 'Let a locked user sign in again before the lock expires',
	request: 'POST /users/{user_id}/unlock',
	path: [locate('user', { required: true })],
	returns: one(user),
});
