import { defineOperation, list } from '../../engine/operation';
import { unpagedPaging } from '../../fields/paging';
import { domain } from '../../views/domain';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many domains',
	description:
		'Get the primary domain and the satellite domains of your instance, with their DNS records',
	request: 'GET /domains',
	returns: list(domain, unpagedPaging),
});
