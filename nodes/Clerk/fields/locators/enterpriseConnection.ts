import { labelled, listed } from './listed';
import { byId } from './modes';

const domainsOf = (domains: unknown): string =>
	Array.isArray(domains) ? domains.map(String).join(', ') : '';

export const enterpriseConnection = listed({
	noun: 'enterprise connection',
	displayName: 'Enterprise Connection',
	parameter: 'enterpriseConnectionId',
	...byId('entconn_2NNEqL2nrIRd…'),
	method: 'searchEnterpriseConnections',
	title: 'enterprise connections',
	path: '/enterprise_connections',
	label: ({ name, domains }) => labelled(name, domainsOf(domains)),
});

export const samlConnection = listed({
	noun: 'SAML connection',
	displayName: 'SAML Connection',
	parameter: 'samlConnectionId',
	...byId('samlc_2NNEqL2nrIRd…'),
	method: 'searchSamlConnections',
	title: 'SAML connections',
	path: '/saml_connections',
	searchedBy: 'query',
	label: ({ name, domain, domains }) => labelled(name, domainsOf(domains) || domain),
});
