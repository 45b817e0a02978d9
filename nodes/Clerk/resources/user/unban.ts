import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { user } from '../../views/user';

export const unban = defineOperation({
	name: 'Unban',
	value: 'unban',
	action: 'Unban user',
	description: 'Let a banned user sign in again',
	request: 'POST /users/{user_id}/unban',
	path: [locate('user', { required: true })],
	returns: one(user),
});
