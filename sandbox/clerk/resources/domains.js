'use strict';

const { badFormat, refuse, refuseIf } = require('../errors');
const { defineResource, together } = require('../resource');

const domains = defineResource({
	path: '/domains',
	table: 'domains',
	prefix: 'dmn',
	shown: ({ name, is_satellite: isSatellite, proxy_url: proxyUrl }) => ({
		frontend_api_url: proxyUrl ?? `https://clerk.${name}`,
		accounts_portal_url: isSatellite ? null : `https://accounts.${name}`,
		cname_targets: [
			{ host: `clerk.${name}`, value: 'frontend-api.clerk.services', required: proxyUrl === null },
		],
	}),
	unique: ['name'],
	removing: ({ is_satellite: isSatellite }) =>
		refuseIf(!isSatellite, 'operation_not_allowed_on_primary_domain'),
	routes: {
		// A proxy of example.com works, for a test to have one that does not.
		'POST /proxy_checks': ({ state, body: { domain_id: id, proxy_url: url } }) => {
			const primary = state.domains.rows.find((domain) => !domain.is_satellite);
			const domain = id === undefined ? primary : domains.find(state, id);
			const proxy_url = url ?? domain?.proxy_url;
			if (!proxy_url) refuse(badFormat('proxy_url', 'is needed for a domain that has none'));
			const at = state.clock();
			const times = { last_run_at: at, created_at: at, updated_at: at };
			const successful = /^https:\/\/([a-z0-9-]+\.)*example\.com\//.test(proxy_url);
			return { id: state.newId('prxchk'), domain_id: domain?.id, proxy_url, successful, ...times };
		},
	},
});

const redirectUrls = defineResource({
	path: '/redirect_urls',
	table: 'redirectUrls',
	prefix: 'ru',
	unique: ['url'],
});

module.exports = together({ domains, redirectUrls });
