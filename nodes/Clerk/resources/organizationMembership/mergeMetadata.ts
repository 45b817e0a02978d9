import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { mergedMetadata } from '../../fields/metadata';
import { organizationMembership } from '../../views/organizationMembership';

export const mergeMetadata = defineOperation({
	name: 'Merge Metadata',
	value: 'mergeMetadata',
	action: 'Merge metadata of organization membership',
	description:
		'Change the metadata keys you enter, at any depth, remove those set to null, and keep all others',
	request: 'PATCH /organizations/{organization_id}/memberships/{user_id}/metadata',
	path: [
		locate('organization', { required: true }),
		locate('organizationMember', { required: true }),
	],
	body: mergedMetadata,
	returns: one(organizationMembership, { ifNotFound: true }),
});
