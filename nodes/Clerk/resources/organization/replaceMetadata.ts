import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { privateMetadata, publicMetadata } from '../../fields/metadata';
import { organization } from '../../views/organization';

export const replaceMetadata = defineOperation({
	name: 'Replace Metadata',
	value: 'replaceMetadata',
	action: 'Replace metadata of organization',
	description:
		'Throw away what is stored in the kinds of metadata you add, and store exactly what you give',
	request: 'PUT /organizations/{organization_id}/metadata',
	path: [
		locate('organization', {
			required: true,
			description: 'The organization whose metadata is replaced',
		}),
	],
	body: [publicMetadata, privateMetadata],
	returns: one(organization, { ifNotFound: true }),
});
