import { defineOperation, one } from '../../engine/operation';
import {
	jwtTemplate as template,
	jwtTemplateFields,
	withLineBreaks,
} from '../../fields/jwtTemplate';
import { jwtTemplate } from '../../views/jwt';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update JWT template',
	description: 'Update a JWT template; Clerk requires its name and all of its claims each time',
	request: 'PATCH /jwt_templates/{template_id}',
	path: [template],
	body: jwtTemplateFields,
	split: withLineBreaks,
	returns: one(jwtTemplate, { ifNotFound: true }),
});
