import { defineOperation, one, orNull } from '../../engine/operation';
import { name, newSettings, oauthApplication as application } from '../../fields/oauthApplication';
import { oauthApplication } from '../../views/oauth';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update OAuth application',
	description: 'Update the fields you add of an OAuth application; others stay as they are',
	request: 'PATCH /oauth_applications/{oauth_application_id}',
	path: [application],
	body: [orNull(name), ...newSettings],
	returns: one(oauthApplication, { ifNotFound: true }),
});
