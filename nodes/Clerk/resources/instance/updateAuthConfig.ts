import { defineOperation, one } from '../../engine/operation';
import { testMode } from '../../fields/instance';
import { authConfig } from '../../views/instance';

export const updateAuthConfig = defineOperation({
	name: 'Update Auth Config',
	value: 'updateAuthConfig',
	action: 'Update auth config of instance',
	description:
		'Change how people sign up and where its emails come from (beta). Parts need a paid plan.',
	request: 'PATCH /beta_features/instance_settings',
	body: [
		{
			displayName: 'From Email Address',
			name: 'fromEmailAddress',
			type: 'string',
			default: '',
			nullable: true,
			placeholder: 'e.g. hello',
			description: 'The part before the @ of the sender: letters and digits only',
		},
		{
			displayName: 'Progressive Sign-Up (Deprecated)',
			name: 'progressiveSignUp',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether people can sign up step by step; ask the support of Clerk instead',
		},
		{
			displayName: 'Restricted to Allowlist',
			name: 'restrictedToAllowlist',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether only those who are on the allowlist can sign up',
		},
		testMode,
	],
	returns: one(authConfig),
});
