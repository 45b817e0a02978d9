'use strict';

/**
 * @typedef {object} DomainRow of the instance
 * @property {string} id
 * @property {string} name
 * @property {boolean} is_satellite
 * @property {string | null} proxy_url
 * @property {number} created_at
 * @property {number} updated_at
 *
 * @typedef {object} RedirectUrlRow
 * @property {string} id
 * @property {string} url
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */

/** @param {State} state @param {{ name: string, is_satellite?: boolean, proxy_url?: string | null }} fields @returns {DomainRow} */
const newDomain = (state, { name, is_satellite = false, proxy_url = null }) => ({
	id: state.newId('dmn'),
	name,
	is_satellite,
	proxy_url,
	created_at: state.clock(),
	updated_at: state.clock(),
});

/** @param {DomainRow} domain */
const presentDomain = ({ id, name, is_satellite: isSatellite, proxy_url: proxyUrl }) => ({
	object: 'domain',
	id,
	name,
	is_satellite: isSatellite,
	frontend_api_url: proxyUrl ?? `https://clerk.${name}`,
	accounts_portal_url: isSatellite ? null : `https://accounts.${name}`,
	proxy_url: proxyUrl,
	development_origin: '',
	cname_targets: [
		{ host: `clerk.${name}`, value: 'frontend-api.clerk.services', required: proxyUrl === null },
	],
});

/** @param {State} state @param {string} url @returns {RedirectUrlRow} */
const newRedirectUrl = (state, url) => ({
	id: state.newId('ru'),
	url,
	created_at: state.clock(),
	updated_at: state.clock(),
});

module.exports = { newDomain, newRedirectUrl, presentDomain };
