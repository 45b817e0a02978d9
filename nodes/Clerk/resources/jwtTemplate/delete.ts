import { defineOperation, one } from '../../engine/operation';
import { jwtTemplate } from '../../fields/jwtTemplate';
import { deleted } from '../../views/general';

export const deleteJwtTemplate = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete JWT template',
	description: 'Permanently delete a JWT template',
	request: 'DELETE /jwt_templates/{template_id}',
	path: [jwtTemplate],
	notice: [
		'Permanently deletes the template: your code can no longer get tokens by its name.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [{ name: 'jwtTemplate', path: '/jwt_templates/{template_id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
