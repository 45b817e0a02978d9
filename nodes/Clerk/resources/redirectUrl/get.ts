import { defineOperation, one } from '../../engine/operation';
import { redirectUrlId } from '../../fields/domain';
import { redirectUrl } from '../../views/domain';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get redirect URL',
	description: 'Get one of the allowed redirect URLs',
	request: 'GET /redirect_urls/{id}',
	path: [redirectUrlId],
	returns: one(redirectUrl, { ifNotFound: true }),
});
