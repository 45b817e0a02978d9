import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

export const deleteOrganization = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete organization',
	description: 'Permanently delete an organization, with all memberships, invitations and domains',
	request: 'DELETE /organizations/{organization_id}',
	path: [locate('organization', { required: true })],
	notice: [
		'Permanently deletes the organization, with all memberships, invitations, domains and everything attached; the users stay.',
		'This cannot be undone. Dry Run shows what would be lost.',
	],
	destroys: [
		{ name: 'organization', path: '/organizations/{organization_id}' },
		{
			name: 'organizationMemberships',
			path: '/organizations/{organization_id}/memberships',
			query: { limit: 1 },
		},
		{
			name: 'pendingInvitations',
			path: '/organizations/{organization_id}/invitations',
			query: { status: 'pending', limit: 1 },
		},
		{
			name: 'organizationDomains',
			path: '/organizations/{organization_id}/domains',
			query: { limit: 1 },
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
