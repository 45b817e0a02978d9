import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationDomain';
import { organizationDomain } from '../../views/organizationDomain';

export const verifyOwnership = defineOperation({
	name: 'Verify Ownership',
	value: 'verifyOwnership',
	action: 'Verify ownership of organization domain',
	description:
		'Vouch that the organization owns the domain, in place of its DNS record; twice does no harm',
	request: 'POST /organizations/{organization_id}/domains/{domain_id}/verify_ownership',
	path: [fields.organizationOfDomain, fields.organizationDomain],
	returns: one(organizationDomain),
});
