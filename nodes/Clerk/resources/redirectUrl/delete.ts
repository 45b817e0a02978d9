import { defineOperation, one } from '../../engine/operation';
import { redirectUrlId } from '../../fields/domain';
import { deleted } from '../../views/general';

export const deleteRedirectUrl = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete redirect URL',
	description: 'Stop allowing a URL as the way back to your application',
	request: 'DELETE /redirect_urls/{id}',
	path: [redirectUrlId],
	notice: [
		'Takes the URL from the list of those allowed: signing in from an application that comes back to it no longer works.',
		'This cannot be undone, but you can add it again. Dry Run shows whether it is there.',
	],
	destroys: [{ name: 'redirectUrl', path: '/redirect_urls/{id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
