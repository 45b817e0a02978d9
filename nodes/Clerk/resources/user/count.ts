import { defineOperation, one } from '../../engine/operation';
import { userFilters } from '../../fields/userFilters';
import { count as total } from '../../views/general';

export const count = defineOperation({
	name: 'Count',
	value: 'count',
	action: 'Count users',
	description: 'Count all users, or those that match the filters you add',
	request: 'GET /users/count',
	query: userFilters,
	returns: one(total),
});
