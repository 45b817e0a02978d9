import { defineOperation, one, orNull } from '../../engine/operation';
import { claims, secondsUntilExpiration } from '../../fields/apiKey';
import { newM2mToken } from '../../views/m2mToken';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create M2M token',
	description: 'Create a token with which a machine calls another',
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
				'Get a token that is there already, with the same claims, if it is valid for so many seconds more; only then create none. Must be less than the lifetime. Not for JWTs.',
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
			description: 'What the token is made of',
		},
	],
	notice: [
		'Clerk takes this request only with the secret key of a machine.',
		"Choose a Clerk credential whose Secret Key is the machine's (see Machine: Get Secret Key), not the instance's.",
	],
	returns: one(newM2mToken),
});
