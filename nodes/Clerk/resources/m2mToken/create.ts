import { defineOperation, one, orNull } from '../../engine/operation';
import { claims, secondsUntilExpiration } from '../../fields/apiKey';
import { newM2mToken } from '../../views/m2mToken';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create M2M token',
	description: 'Create a token that lets a machine call another one',
	request: 'POST /m2m_tokens',
	body: [
		orNull(claims),
		{
			displayName: 'Minimum Seconds Left',
			name: 'minRemainingTtlSeconds',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 240,
			description:
				'Reuse an existing token with the same claims if it is valid for at least this long. Must be less than the lifetime. Not for JWTs.',
		},
		secondsUntilExpiration,
		{
			displayName: 'Token Format',
			name: 'tokenFormat',
			type: 'options',
			options: [
				{
					name: 'JWT',
					value: 'jwt',
					description: 'Verified without asking Clerk; cannot be revoked',
				},
				{
					name: 'Opaque',
					value: 'opaque',
					description: 'Stored by Clerk; can be listed and revoked',
				},
			],
			default: 'opaque',
			description: 'The format of the token',
		},
	],
	notice: [
		'Clerk accepts this request only with the secret key of a machine.',
		"Choose a Clerk credential whose Secret Key is the machine's (see Machine: Get Secret Key), not the instance's.",
	],
	returns: one(newM2mToken),
});
