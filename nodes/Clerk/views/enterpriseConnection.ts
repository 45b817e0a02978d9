import { nested, view } from '../engine/operation/view';

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
	nested('customAttributes'),
	nested('samlConnection'),
	nested('oauthConfig'),
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
	nested('parsedUserInfo'),
	nested('logs'),
	nested('saml'),
	nested('oauth'),
	'createdAt',
]);

export const testRunLink = view('testRuns', ['url']);
