import { defineOperation, one } from '../../engine/operation';
import { oauthApplication } from '../../fields/oauthApplication';
import { deleted } from '../../views/general';

export const deleteOAuthApplication = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete OAuth application',
	description: 'Delete an OAuth application for good',
	request: 'DELETE /oauth_applications/{oauth_application_id}',
	path: [oauthApplication],
	notice:
		'This destroys the OAuth application: nobody can sign in to it with an account of yours any more. It cannot be undone. The Dry Run option shows what would be lost.',
	destroys: [{ name: 'oauthApplication', path: '/oauth_applications/{oauth_application_id}' }],
	returns: one(deleted, { ifNotFound: true }),
});
