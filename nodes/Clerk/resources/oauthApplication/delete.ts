import { defineOperation, one } from '../../engine/operation';
import { oauthApplication } from '../../fields/oauthApplication';
import { deleted } from '../../views/general';

export const deleteOAuthApplication = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete OAuth application',
	description: 'Permanently delete an OAuth application',
	request: 'DELETE /oauth_applications/{oauth_application_id}',
	path: [oauthApplication],
	notice: [
		'Permanently deletes the OAuth application: users can no longer sign in to it with their account.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [{ name: 'oauthApplication', path: '/oauth_applications/{oauth_application_id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
