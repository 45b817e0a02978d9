import { defineOperation, one } from '../../engine/operation';
import { jwtTemplateFields, withLineBreaks } from '../../fields/jwtTemplate';
import { jwtTemplate } from '../../views/jwt';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create JWT template',
	description: 'Create a template for tokens with custom claims, for example for another service',
	request: 'POST /jwt_templates',
	body: jwtTemplateFields,
	split: withLineBreaks,
	returns: one(jwtTemplate),
});
