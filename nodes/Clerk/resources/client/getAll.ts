import { defineOperation, list } from '../../engine/operation';
import { paginatedPaging } from '../../fields/paging';
import { client } from '../../views/signIn';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many clients',
	description:
		'Get many clients, newest first. Deprecated by Clerk: get the sessions of a user instead, and then their clients.',
	request: 'GET /clients',
	returns: list(client, paginatedPaging),
});
