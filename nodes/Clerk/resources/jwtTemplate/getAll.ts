import { defineOperation, list } from '../../engine/operation';
import { paginatedPaging } from '../../fields/paging';
import { jwtTemplate } from '../../views/jwt';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many JWT templates',
	description: 'Get the JWT templates of the instance',
	request: 'GET /jwt_templates',
	returns: list(jwtTemplate, paginatedPaging),
});
