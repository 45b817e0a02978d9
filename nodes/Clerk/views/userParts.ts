import { nested, view } from '../engine/operation/view';

/** Records that belong to a user and are returned on their own. */

export const emailAddress = view('emailAddresses', [
	'id',
	'object',
	'emailAddress',
	'reserved',
	nested('verification'),
	nested('linkedTo'),
	'matchesSsoConnection',
	'createdAt',
	'updatedAt',
]);

export const phoneNumber = view('phoneNumbers', [
	'id',
	'object',
	'phoneNumber',
	'reserved',
	'reservedForSecondFactor',
	'defaultSecondFactor',
	nested('verification'),
	nested('linkedTo'),
	'backupCodes',
	'createdAt',
	'updatedAt',
]);

export const oauthAccessToken = view('oauthAccessTokens', [
	'object',
	'provider',
	'token',
	'tokenSecret',
	'idToken',
	'expiresAt',
	'scopes',
	'label',
	'externalAccountId',
	'providerUserId',
	'publicMetadata',
]);

export const trustedDevice = view('trustedDevices', [
	'id',
	'object',
	'name',
	'platform',
	'appIdentifier',
	'algorithm',
	'status',
	'lastUsedAt',
	'revokedAt',
	'createdAt',
	'updatedAt',
]);

/** The response to removing a user's authenticator, backup codes or second factors. */
export const changedUser = view('users', ['userId']);

export const verifiedPassword = view('verifications', ['verified']);

export const verifiedCode = view('verifications', ['verified', 'codeType']);
