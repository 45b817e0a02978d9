import { defineOperation, one } from '../../engine/operation';
import { m2mToken } from '../../views/m2mToken';

export const verify = defineOperation({
	name: 'Verify',
	value: 'verify',
	action: 'Verify M2M token',
	description: 'Check whether a token is valid, and which machine it is from',
	notice:
		"With a machine's secret key, only tokens that can call that machine are valid; with the instance's, any.",
	request: 'POST /m2m_tokens/verify',
	body: [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. mt_…',
			description: 'The token that the caller sent',
		},
	],
	returns: one(m2mToken, { ifNotFound: true }),
});
