import { defineOperation, one } from '../../engine/operation';
import { jwtTemplate } from '../../fields/jwtTemplate';
import { deleted } from '../../views/general';

export const deleteJwtTemplate = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete JWT template',
	description: 'Delete a JWT template for good',
	request: 'DELETE /jwt_templates/{template_id}',
	path: [jwtTemplate],
	notice:
		'This destroys the template: your code gets no more tokens by its name. It cannot be undone. The Dry Run option shows what would be lost.',
	destroys: [{ name: 'jwtTemplate', path: '/jwt_templates/{template_id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
