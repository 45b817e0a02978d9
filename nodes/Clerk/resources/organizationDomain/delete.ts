import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationDomain';
import { deleted } from '../../views/general';

export const deleteOrganizationDomain = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete organization domain',
	description: 'Remove an email domain from an organization; members stay members',
	request: 'DELETE /organizations/{organization_id}/domains/{domain_id}',
	path: [fields.organizationOfDomain, fields.organizationDomain],
	notice: [
		'Permanently deletes the domain with its verification and its pending invitations and suggestions.',
		'This cannot be undone: a domain that is created again may have to be verified again. Dry Run shows whether the organization has it.',
	],
	destroys: [
		{
			name: 'organizationDomains',
			path: '/organizations/{organization_id}/domains',
			query: { limit: 500 },
			rowId: 'domain_id',
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
