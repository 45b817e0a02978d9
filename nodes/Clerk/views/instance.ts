import { view } from '../engine/operation/view';

export const instance = view('instances', [
	'id',
	'object',
	'environmentType',
	'allowedOrigins',
	'workspaceId',
]);

/** Settings of the instance; each group has a route of its own. */

export const authConfig = view('instanceSettings', [
	'id',
	'object',
	'restrictedToAllowlist',
	'fromEmailAddress',
	'progressiveSignUp',
	'enhancedEmailDeliverability',
]);

export const communication = view('instanceSettings', ['object', 'blockedCountryCodes']);

export const oauthApplicationSettings = view('instanceSettings', [
	'object',
	'dynamicOauthClientRegistration',
	'defaultScopes',
	'oauthJwtAccessTokens',
	'clientIdMetadataDocumentsAdvertised',
	'clientIdMetadataDocumentsOnlyAllowPreRegisteredClients',
	'clientIdMetadataDocumentsBlockImplicitlyAllowedClients',
]);

export const organizationSettings = view('instanceSettings', [
	'object',
	'enabled',
	'maxAllowedMemberships',
	'maxAllowedRoles',
	'maxRoleSetsAllowed',
	'maxAllowedDomains',
	'maxAllowedPermissions',
	'creatorRole',
	'initialRoleSetKey',
	'adminDeleteEnabled',
	'slugDisabled',
	'domainsEnabled',
	'domainsEnrollmentModes',
	'domainsDefaultRole',
]);

export const protect = view('instanceSettings', [
	'object',
	'rulesEnabled',
	'specterEnabled',
	'checksVerified',
	'checksBypassed',
]);

export const restrictions = view('instanceSettings', [
	'object',
	'allowlist',
	'blocklist',
	'allowlistBlocklistDisabledOnSignIn',
	'blockEmailSubaddresses',
	'blockDisposableEmailDomains',
]);
