import { derived, view } from '../engine/operation/view';

const application = [
	'id',
	'object',
	'name',
	'clientId',
	'redirectUris',
	'scopes',
	'public',
	'pkceRequired',
	'consentScreenEnabled',
	'dynamicallyRegistered',
	'clientUri',
	'clientImageUrl',
	'callbackUrl',
	'authorizeUrl',
	'tokenFetchUrl',
	'userInfoUrl',
	'discoveryUrl',
	'tokenIntrospectionUrl',
	'instanceId',
	'createdAt',
	'updatedAt',
];

/** Somebody else's application that users sign in to with their account of yours. */
export const oauthApplication = view('oauthApplications', application);

export const oauthApplicationWithSecret = view('oauthApplications', [
	...application.slice(0, 4),
	'clientSecret',
	...application.slice(4),
]);

/** Of a JWT that has expired, Clerk only says that it is not active. */
export const verifiedAccessToken = view('oauthAccessTokens', [
	derived('active', ({ active, revoked, expired }) => active ?? !(revoked || expired)),
	'id',
	'object',
	'clientId',
	'subject',
	'scopes',
	'revoked',
	'revocationReason',
	'expired',
	'expiration',
	'createdAt',
	'updatedAt',
]);
