import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { user } from '../../views/user';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get user',
	description: 'Get one user by ID, email address, username or external ID',
	request: 'GET /users/{user_id}',
	path: [locate('user', { required: true })],
	returns: one(user, { ifNotFound: true }),
});
