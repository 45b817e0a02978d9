import { defineOperation, one, orNull } from '../../engine/operation';
import * as fields from '../../fields/organizationDomain';
import { organizationDomain } from '../../views/organizationDomain';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update organization domain',
	description:
		'Update how people at a domain join the organization, or whether the domain counts as verified',
	request: 'PATCH /organizations/{organization_id}/domains/{domain_id}',
	path: [fields.organizationOfDomain, fields.organizationDomain],
	body: [orNull(fields.enrollmentMode), fields.verified],
	returns: one(organizationDomain, { ifNotFound: true }),
});
