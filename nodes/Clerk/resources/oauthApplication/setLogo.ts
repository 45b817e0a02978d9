import { defineOperation, one } from '../../engine/operation';
import { imageFile } from '../../fields/image';
import { locate } from '../../fields/locators';
import { oauthApplication as application } from '../../fields/oauthApplication';
import { oauthApplication } from '../../views/oauth';

export const setLogo = defineOperation({
	name: 'Set Logo',
	value: 'setLogo',
	action: 'Set logo of OAuth application',
	description: 'Set the logo of an OAuth application from a file in the input item',
	request: 'PUT /oauth_applications/{oauth_application_id}/logo',
	path: [application],
	body: [
		imageFile,
		locate('user', {
			as: 'uploaderUserId',
			// Multipart has no null: the part is left out.
			nullable: true,
			displayName: 'Uploaded By',
			description: 'The user to record as the uploader of the logo',
		}),
	],
	returns: one(oauthApplication, { ifNotFound: true }),
});
