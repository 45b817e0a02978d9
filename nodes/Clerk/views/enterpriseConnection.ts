import { deep, view } from '../engine/operation/view';

export const enterpriseConnection = view('enterpriseConnections', [
	'id',
	'name',
	'provider',
	'active',
	'domains',
	'organizationId',
	'allowOrganizationAccountLinking',
	'syncUserAttributes',
	'disableAdditionalIdentifications',
	'authenticatable',
	'disableJitProvisioning',
	deep('customAttributes'),
	deep('samlConnection'),
	deep('oauthConfig'),
	'logoPublicUrl',
	'createdAt',
	'updatedAt',
	'object',
]);

/** A test sign-in and its result. */
export const testRun = view('testRuns', [
	'id',
	'status',
	'connectionType',
	deep('parsedUserInfo'),
	deep('logs'),
	deep('saml'),
	deep('oauth'),
	'createdAt',
]);

export const testRunLink = view('testRuns', ['url']);
