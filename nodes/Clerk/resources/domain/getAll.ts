import { defineOperation, list } from '../../engine/operation';
import { unpagedPaging } from '../../fields/paging';
import { domain } from '../../views/domain';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many domains',
	description:
		'Get the primary domain of your instance and its satellites, with the DNS records that they need',
	request: 'GET /domains',
	returns: list(domain, unpagedPaging),
});
