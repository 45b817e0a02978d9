import { defineOperation, one } from '../../engine/operation';
import * as fields from '../../fields/organizationDomain';
import { organizationDomain } from '../../views/organizationDomain';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create organization domain',
	description:
		'Give an organization an email domain, so that people with such an address can join it',
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
			description: 'The part of email addresses behind the @; no public mail provider',
		},
		{ ...fields.enrollmentMode, required: true },
		fields.verified,
	],
	returns: one(organizationDomain),
});
