import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { userOfSession } from '../../fields/session';
import { refreshedToken } from '../../views/token';

export const refresh = defineOperation({
	name: 'Refresh',
	value: 'refresh',
	action: 'Refresh session',
	description:
		'Get a new session token for an expired one, with the refresh token of the same browser',
	request: 'POST /sessions/{session_id}/refresh',
	formOnly: [userOfSession],
	path: [locate('session', { required: true, description: 'The session to refresh' })],
	body: [
		{
			displayName: 'Expired Token',
			name: 'expiredToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The expired token of this session, from the cookie __session',
		},
		{
			displayName: 'Refresh Token',
			name: 'refreshToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The refresh token, from the cookie __refresh',
		},
		{
			displayName: 'Request Origin',
			name: 'requestOrigin',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://app.example.com',
			description: 'The origin of the application that requests the token',
		},
		{
			displayName: 'Format',
			name: 'format',
			type: 'options',
			options: [
				{ name: 'Cookies', value: 'cookie', description: 'The cookies to set in the browser' },
				{ name: 'Token', value: 'token', description: 'The token alone' },
			],
			default: 'token',
			nullable: true,
			description: 'What to return',
		},
		{
			displayName: 'Request Headers',
			name: 'requestHeaders',
			type: 'json',
			default: '{}',
			nullable: true,
			description:
				'The headers that the browser sent, each name with a list of values, such as { "user-agent": ["…"] }',
			encode: 'object',
			// They include cookies and bearer tokens.
			secret: true,
		},
		{
			displayName: 'Request Originating IP',
			name: 'requestOriginatingIp',
			type: 'string',
			default: '',
			nullable: true,
			kind: 'ipAddress',
			placeholder: 'e.g. 203.0.113.7',
			description: 'The IP address of the browser',
		},
	],
	returns: one(refreshedToken),
});
