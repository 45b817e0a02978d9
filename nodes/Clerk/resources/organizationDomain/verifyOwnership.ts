import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationDomain';
import { organizationDomain } from '../../views/organizationDomain';

export const verifyOwnership = defineOperation({
	name: 'Verify Ownership',
	value: 'verifyOwnership',
	action: 'Verify ownership of organization domain',
	description:
		'Confirm that the organization owns the domain, without a DNS record. Safe to run again.',
	request: 'POST /organizations/{organization_id}/domains/{domain_id}/verify_ownership',
	path: [fields.organizationOfDomain, fields.organizationDomain],
	returns: one(organizationDomain),
});
