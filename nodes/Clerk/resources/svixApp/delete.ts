import { defineOperation, one } from '../../engine/operation';
import { nothing } from '../../views/general';

export const deleteSvixApp = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete Svix app',
	description: 'Turn off webhooks for the instance, and delete all endpoints',
	request: 'DELETE /webhooks/svix',
	notice: [
		'Permanently deletes all webhook endpoints of the instance, their signing secrets and the delivery log: triggers no longer receive events.',
		'This cannot be undone. Dry Run shows which instance it is.',
	],
	destroys: [{ name: 'svixAppOfInstance', path: '/instance' }],
	returns: one(nothing, { ifNotFound: true }),
});
