import { defineOperation, one } from '../../engine/operation';
import { verifiedAccessToken } from '../../views/oauth';

export const verify = defineOperation({
	name: 'Verify',
	value: 'verify',
	action: 'Verify OAuth access token',
	description:
		'Check an access token: whether it is active, for which user, application and scopes',
	request: 'POST /oauth_applications/access_tokens/verify',
	body: [
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The access token, opaque or a JWT',
		},
	],
	omitted: { secret: 'deprecated: access_token is the same' },
	returns: one(verifiedAccessToken),
});
