import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { mergedMetadata } from '../../fields/metadata';
import { organization } from '../../views/organization';

export const mergeMetadata = defineOperation({
	name: 'Merge Metadata',
	value: 'mergeMetadata',
	action: 'Merge metadata of organization',
	description:
		'Change the metadata keys you enter, at any depth, remove those set to null, and keep all others',
	request: 'PATCH /organizations/{organization_id}/metadata',
	path: [locate('organization', { required: true })],
	body: mergedMetadata,
	returns: one(organization, { ifNotFound: true }),
});
