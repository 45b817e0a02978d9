import { defineOperation, one } from '../../engine/operation';
import { imageFile } from '../../fields/image';
import { locate } from '../../fields/locators';
import { organization } from '../../views/organization';

export const setLogo = defineOperation({
	name: 'Set Logo',
	value: 'setLogo',
	action: 'Set logo of organization',
	description: 'Set the logo of an organization from a file in the input item',
	request: 'PUT /organizations/{organization_id}/logo',
	path: [locate('organization', { required: true })],
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
	returns: one(organization, { ifNotFound: true }),
});
