import { defineOperation, one } from '../../engine/operation';
import { nothing } from '../../views/general';

export const deleteSvixApp = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete Svix app',
	description: 'Turn webhooks off for the instance, with all endpoints that are set up',
	request: 'DELETE /webhooks/svix',
	notice: [
		'Permanently deletes all webhook endpoints of the instance, with their signing secrets and the log of deliveries: triggers get no more events.',
		'This cannot be undone. Dry Run shows which instance it is.',
	],
	destroys: [{ name: 'svixAppOfInstance', path: '/instance' }],
	returns: one(nothing, { ifNotFound: true }),
});
