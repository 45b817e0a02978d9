import { defineOperation, one } from '../../engine/operation';
import { jwtTemplate as template } from '../../fields/jwtTemplate';
import { jwtTemplate } from '../../views/jwt';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get JWT template',
	description: 'Get one JWT template, with its claims',
	request: 'GET /jwt_templates/{template_id}',
	path: [template],
	returns: one(jwtTemplate, { ifNotFound: true }),
});
