import { defineOperation, list } from '../../engine/operation';
import { paginatedPaging } from '../../fields/paging';
import { client } from '../../views/signIn';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many clients',
	description: 'Deprecated by Clerk: get the sessions of a user, then their clients',
	request: 'GET /clients',
	returns: list(client, paginatedPaging),
});
