import { defineOperation, one } from '../../engine/operation';
import { identifier } from '../../fields/accessLists';
import { allowlistIdentifier } from '../../views/accessLists';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create allowlist identifier',
	description: 'Let an email address, phone number or wallet sign up while sign-ups are restricted',
	notice: 'In production this needs a paid plan.',
	request: 'POST /allowlist_identifiers',
	body: [
		identifier,
		{
			displayName: 'Send Invitation',
			name: 'notify',
			type: 'boolean',
			default: true,
			description: 'Whether Clerk invites the email address or phone number to sign up',
		},
	],
	returns: one(allowlistIdentifier),
});
