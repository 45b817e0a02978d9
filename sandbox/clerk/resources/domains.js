'use strict';

const { crud } = require('../crud');
const { badFormat, refusal, refuse, taken } = require('../errors');
const { newDomain, newRedirectUrl, presentDomain } = require('../records/domain');
const { closed, flag, nullable, oneOf, open, text } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {Record<string, any>} Body */
/** @typedef {import('../records/domain').DomainRow} DomainRow */

const domains = crud({
	object: 'domain',
	table: (state) => state.domains,
	present: presentDomain,
});

const redirectUrls = crud({
	object: 'redirect_url',
	table: (state) => state.redirectUrls,
});

/** @param {State} state @param {string | null | undefined} name @param {DomainRow} [self] */
function checkName(state, name, self) {
	if (name == null) return;
	if (!/^[a-z0-9.-]+(:\d+)?$/i.test(name)) refuse(badFormat('name', 'must be a domain'));
	if (state.domains.where('name', name).some((other) => other !== self)) refuse(taken('name'));
}

/** @param {Body} body @param {DomainRow} domain @param {State} state */
function domainChanges({ name, proxy_url: proxyUrl }, domain, state) {
	checkName(state, name, domain);
	return { ...(name != null && { name }), ...(proxyUrl !== undefined && { proxy_url: proxyUrl }) };
}

/** A proxy of example.com works, for a test to have one that does not. @param {State} state @param {Body} body */
function checkProxy(state, { domain_id: id, proxy_url: url }) {
	const primary = state.domains.rows.find((domain) => !domain.is_satellite);
	const domain = id === undefined ? primary : domains.find(state, id);
	const proxyUrl = url ?? domain?.proxy_url;
	if (!proxyUrl) refuse(badFormat('proxy_url', 'is needed for a domain that has none'));
	const now = state.clock();
	return {
		object: 'proxy_check',
		id: state.newId('prxchk'),
		domain_id: domain?.id ?? '',
		last_run_at: now,
		proxy_url: proxyUrl,
		successful: /^https:\/\/([a-z0-9-]+\.)*example\.com\//.test(proxyUrl),
		created_at: now,
		updated_at: now,
	};
}

/** @type {import('../server').Routes} */
module.exports = {
	'GET /domains': domains.whole(),
	'POST /domains': domains.create(
		open({ name: text, is_satellite: { ...flag, ...oneOf([true]) }, proxy_url: nullable(text) }, [
			'name',
			'is_satellite',
		]),
		(state, body) => {
			checkName(state, body.name);
			return newDomain(state, body);
		},
	),
	'PATCH /domains/{domain_id}': domains.update(
		'domain_id',
		closed({ name: nullable(text), proxy_url: nullable(text), is_secondary: nullable(flag) }),
		domainChanges,
	),
	'DELETE /domains/{domain_id}': domains.delete('domain_id', (domain) => {
		if (domain.is_satellite) return;
		throw refusal(403, 'operation_not_allowed_on_primary_domain', 'Only satellites are deleted.');
	}),
	'POST /proxy_checks': {
		body: open({ domain_id: text, proxy_url: text }),
		respond: ({ state, body }) => checkProxy(state, body),
	},
	'GET /redirect_urls': redirectUrls.arrayUnlessPaginated(),
	'POST /redirect_urls': redirectUrls.create(open({ url: text }, ['url']), (state, { url }) => {
		if (!/^[a-z][a-z0-9+.-]*:\/\/./i.test(url)) refuse(badFormat('url', 'must be a whole URL'));
		if (state.redirectUrls.where('url', url).length > 0) refuse(taken('url'));
		return newRedirectUrl(state, url);
	}),
	'GET /redirect_urls/{id}': redirectUrls.get('id'),
	'DELETE /redirect_urls/{id}': redirectUrls.delete('id'),
};
