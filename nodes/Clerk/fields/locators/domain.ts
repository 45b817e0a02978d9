import { labelled, listed } from './listed';
import { byId } from './modes';

/** A domain that the instance runs on, not one of an organization. */
export const domain = listed({
	noun: 'domain',
	displayName: 'Domain',
	parameter: 'domainId',
	...byId('dmn_2NNEqL2nrIRd…'),
	method: 'searchDomains',
	title: 'domains',
	path: '/domains',
	whole: true,
	label: ({ name, is_satellite }) => labelled(name, is_satellite ? 'satellite' : 'primary'),
});

export const redirectUrl = listed({
	noun: 'redirect URL',
	displayName: 'Redirect URL',
	parameter: 'redirectUrlId',
	...byId('ru_2NNEqL2nrIRd…'),
	method: 'searchRedirectUrls',
	title: 'redirect URLs',
	path: '/redirect_urls',
	query: { paginated: true },
	label: ({ url }) => String(url),
});
