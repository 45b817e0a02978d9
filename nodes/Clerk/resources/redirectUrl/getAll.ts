import { defineOperation, list } from '../../engine/operation';
import { paginatedPaging } from '../../fields/paging';
import { redirectUrl } from '../../views/domain';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many redirect URLs',
	description: 'Get the allowed redirect URLs',
	request: 'GET /redirect_urls',
	returns: list(redirectUrl, paginatedPaging),
});
