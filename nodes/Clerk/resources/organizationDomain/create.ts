import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationDomain';
import { organizationDomain } from '../../views/organizationDomain';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create organization domain',
	description:
		'Add an email domain to an organization, so that people with such an address can join it',
	request: 'POST /organizations/{organization_id}/domains',
	path: [fields.organizationOfDomain],
	body: [
		{
			displayName: 'Domain',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			kind: 'domain',
			placeholder: 'e.g. example.com',
			description: 'The part of email addresses after the @; not a public email provider',
		},
		{ ...fields.enrollmentMode, required: true },
		fields.verified,
	],
	returns: one(organizationDomain),
});
