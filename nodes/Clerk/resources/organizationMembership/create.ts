import { defineOperation, one, orNull } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { privateMetadata, publicMetadata } from '../../fields/metadata';
import { addedMember } from '../../fields/organizationMembership';
import { organizationMembership } from '../../views/organizationMembership';

export const create = defineOperation({
	name: 'Add',
	value: 'create',
	action: 'Add user to organization',
	description: 'Add an existing user to an organization with a role',
	request: 'POST /organizations/{organization_id}/memberships',
	path: [locate('organization', { required: true })],
	body: [
		locate('user', {
			required: true,
		}),
		locate('role', { required: true, description: 'The role of the member' }),
		orNull(publicMetadata),
		orNull(privateMetadata),
	],
	target: addedMember,
	returns: one(organizationMembership),
});
