import { defineOperation, one } from '../../engine/operation';
import { imageFile } from '../../fields/image';
import { locate } from '../../fields/locators';
import { oauthApplication as application } from '../../fields/oauthApplication';
import { oauthApplication } from '../../views/oauth';

export const setLogo = defineOperation({
	name: 'Set Logo',
	value: 'setLogo',
	action: 'Set logo of OAuth application',
	description: 'Give an OAuth application a logo from a file of the input item',
	request: 'PUT /oauth_applications/{oauth_application_id}/logo',
	path: [application],
	body: [
		imageFile,
		locate('user', {
			as: 'uploaderUserId',
			// Multipart has no null: the part is left out.
			nullable: true,
			displayName: 'Uploaded By',
			description: 'The user who counts as the one that uploaded the logo',
		}),
	],
	returns: one(oauthApplication, { ifNotFound: true }),
});
