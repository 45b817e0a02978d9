import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { organizationMembership } from '../../views/organizationMembership';

export const deleteOrganizationMembership = defineOperation({
	name: 'Remove',
	value: 'delete',
	action: 'Remove user from organization',
	description: 'Remove a user from an organization; the user account stays',
	request: 'DELETE /organizations/{organization_id}/memberships/{user_id}',
	path: [
		locate('organization', { required: true }),
		locate('organizationMember', { required: true }),
	],
	notice: [
		'Permanently deletes the membership with its role and metadata; the user and the organization stay.',
		'This cannot be undone: a user who is added again starts without that metadata. Dry Run shows what would be lost.',
	],
	destroys: [
		{
			name: 'organizationMemberships',
			path: '/organizations/{organization_id}/memberships',
			query: { user_id: '{user_id}', limit: 1 },
		},
	],
	returns: one(organizationMembership, { ifNotFound: true }),
});
