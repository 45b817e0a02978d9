import { defineOperation, one } from '../../engine/operation';
import { redirectUrlId } from '../../fields/domain';
import { deleted } from '../../views/general';

export const deleteRedirectUrl = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete redirect URL',
	description: 'Stop allowing users to return to a URL after signing in',
	request: 'DELETE /redirect_urls/{id}',
	path: [redirectUrlId],
	notice: [
		'Removes the URL from the allowed ones: signing in from an application that returns to it no longer works.',
		'This cannot be undone, but you can add it again. Dry Run shows whether it exists.',
	],
	destroys: [{ name: 'redirectUrl', path: '/redirect_urls/{id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
