import { defineOperation, list } from '../../engine/operation';
import { locate } from '../../fields/locators';
import * as fields from '../../fields/organizationDomain';
import { orderedPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { organizationDomain } from '../../views/organizationDomain';

export const getAllInInstance = defineOperation({
	name: 'Get Many in All Organizations',
	value: 'getAllInInstance',
	action: 'Get many organization domains in all organizations',
	description: 'Get the email domains of every organization, to find the owner of a domain',
	request: 'GET /organization_domains',
	query: [
		{
			displayName: 'Domains',
			name: 'domains',
			type: 'string',
			default: '',
			kind: 'domain',
			placeholder: 'e.g. example.com, example.org',
			description: 'Only these domains, in full, separated by commas',
			encode: 'list',
		},
		fields.enrollmentModesFilter,
		orderBy({ created_at: 'Created At', name: 'Name' }),
		locate('organization', { description: 'Only domains of this organization' }),
		{
			displayName: 'Search',
			name: 'query',
			type: 'string',
			default: '',
			description: 'Part of a domain, or a full organization ID',
		},
		fields.verifiedFilter,
	],
	returns: list(organizationDomain, orderedPaging),
});
