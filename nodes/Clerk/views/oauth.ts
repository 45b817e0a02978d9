import { derived, nested, view } from '../engine/operation/view';

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

/** A third-party application that users sign in to with their account. */
export const oauthApplication = view('oauthApplications', application);

export const oauthApplicationWithSecret = view('oauthApplications', [
	...application.slice(0, 4),
	'clientSecret',
	...application.slice(4),
]);

/** Clerk returns only `active: false` for an expired JWT. */
export const verifiedAccessToken = view('oauthAccessTokens', [
	derived('active', ({ active, revoked, expired }) => active ?? !(revoked || expired)),
	'id',
	'object',
	'clientId',
	'subject',
	'scopes',
	nested('act'),
	'revoked',
	'revocationReason',
	'expired',
	'expiration',
	'createdAt',
	'updatedAt',
]);
