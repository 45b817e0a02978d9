import { defineOperation, one } from '../../engine/operation';
import { oauthApplication } from '../../fields/oauthApplication';
import { nothing } from '../../views/general';

export const revokeToken = defineOperation({
	name: 'Revoke Token',
	value: 'revokeToken',
	action: 'Revoke token of OAuth application',
	description: 'Revoke the tokens of a grant. Only opaque tokens can be revoked, not JWTs.',
	request: 'POST /oauth_applications/{oauth_application_id}/revoke_token',
	path: [oauthApplication],
	body: [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'An access token or a refresh token of the grant',
		},
	],
	notice: [
		'Ends the grant: its access token and refresh token become invalid, and the user must sign in to the application again.',
		'This cannot be undone.',
	],
	returns: one(nothing),
});
