import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { organization } from '../../views/organization';

export const deleteLogo = defineOperation({
	name: 'Delete Logo',
	value: 'deleteLogo',
	action: 'Delete logo of organization',
	description: 'Delete the logo of an organization',
	request: 'DELETE /organizations/{organization_id}/logo',
	path: [locate('organization', { required: true })],
	notice: [
		'Permanently deletes the logo of the organization, which gets a generated one.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [{ name: 'logo', path: '/organizations/{organization_id}', within: 'has_image' }],
	returns: one(organization, { ifNotFound: true }),
});
