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
	deep('customAttributes'),
	deep('samlConnection'),
	deep('oauthConfig'),
	'logoPublicUrl',
	'createdAt',
	'updatedAt',
	'object',
]);

/** A sign-in that somebody tried out, and what came of it. */
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
