import { defineOperation, one } from '../../engine/operation';
import { testMode } from '../../fields/instance';
import { authConfig } from '../../views/instance';

export const updateAuthConfig = defineOperation({
	name: 'Update Auth Config',
	value: 'updateAuthConfig',
	action: 'Update auth config of instance',
	description:
		'Update how people sign up and the sender of emails (beta). Some settings need a paid plan.',
	request: 'PATCH /beta_features/instance_settings',
	body: [
		{
			displayName: 'From Email Address',
			name: 'fromEmailAddress',
			type: 'string',
			default: '',
			nullable: true,
			placeholder: 'e.g. hello',
			description: 'The part of the sender address before the @: letters and digits only',
		},
		{
			displayName: 'Progressive Sign-Up (Deprecated)',
			name: 'progressiveSignUp',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether people can sign up step by step; contact Clerk support instead',
		},
		{
			displayName: 'Restricted to Allowlist',
			name: 'restrictedToAllowlist',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether only people on the allowlist can sign up',
		},
		testMode,
	],
	returns: one(authConfig),
});
