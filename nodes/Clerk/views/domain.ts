import { nested, view } from '../engine/operation/view';

export const domain = view('domains', [
	'id',
	'object',
	'name',
	'isSatellite',
	'frontendApiUrl',
	'accountsPortalUrl',
	'proxyUrl',
	'developmentOrigin',
	nested('cnameTargets'),
]);

export const proxyCheck = view('proxyChecks', [
	'id',
	'object',
	'domainId',
	'proxyUrl',
	'successful',
	'lastRunAt',
	'createdAt',
	'updatedAt',
]);

export const redirectUrl = view('redirectUrls', ['id', 'object', 'url', 'createdAt', 'updatedAt']);
