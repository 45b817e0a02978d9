import { defineOperation, one } from '../../engine/operation';
import { oauthApplication as application } from '../../fields/oauthApplication';
import { oauthApplication } from '../../views/oauth';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get OAuth application',
	description: 'Get one OAuth application, without its client secret',
	request: 'GET /oauth_applications/{oauth_application_id}',
	path: [application],
	returns: one(oauthApplication, { ifNotFound: true }),
});
