import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationDomain';
import { deleted } from '../../views/general';

export const deleteOrganizationDomain = defineOperation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete organization domain',
	description: 'Take an e-mail domain from an organization; members stay members',
	request: 'DELETE /organizations/{organization_id}/domains/{domain_id}',
	path: [fields.organizationOfDomain, fields.organizationDomain],
	notice:
		'This destroys the domain with its verification and its pending invitations and suggestions. It cannot be undone: created again, the domain may have to be verified anew. The Dry Run option shows whether the organization has it.',
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
