'use strict';

const { crud } = require('../crud');
const { badValue, missing, notFound, refuse, taken } = require('../errors');
const { all, signedFilter, withTotal } = require('../lists');
const {
	affiliation,
	newOrganizationDomain,
	presentOrganizationDomain,
} = require('../records/organizationDomain');
const { searchable } = require('../searchable');
const { closed, flag, nullable, open, paging, text, texts } = require('../validation');
const { findOrganization } = require('./organizations');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/organizationDomain').OrganizationDomainRow} DomainRow */

const domains = crud({
	object: 'organization_domain',
	table: (/** @type {State} */ { organizationDomains: table }) => table,
	present: presentOrganizationDomain,
});

const MODES = [
	'automatic_invitation',
	'automatic_suggestion',
	'enterprise_sso',
	'manual_invitation',
];

/** @param {State} state @param {Record<string, string>} params */
function find(state, { organization_id: organizationId = '', domain_id: id = '' }) {
	findOrganization(state, organizationId);
	const domain = domains.find(state, id);
	if (domain.organization_id !== organizationId) throw notFound('organization domain', id);
	return domain;
}

/** @param {Record<string, any>} body */
const settingsOf = ({ enrollment_mode: mode, verified }) => ({
	...(mode && { enrollment_mode: mode }),
	...(verified != null && { affiliation_verification: affiliation(verified) }),
});

/** @param {Record<string, any>} body */
const modeRules = ({ enrollment_mode: mode }) =>
	mode && !MODES.includes(mode)
		? [badValue('enrollment_mode', `must be one of ${MODES.join(', ')}`)]
		: [];

/** @param {State} state @param {string} organizationId @param {Record<string, any>} body */
function create(state, organizationId, body) {
	const { id } = findOrganization(state, organizationId);
	const isTaken = state.organizationDomains
		.where('organization_id', id)
		.some(({ name }) => name === body.name);
	refuse(
		...['name', 'enrollment_mode'].filter((name) => !body[name]).map(missing),
		...modeRules(body),
		...(isTaken ? [taken('name')] : []),
	);
	const fields = { organization_id: id, name: body.name, ...settingsOf(body) };
	return presentOrganizationDomain(
		state.organizationDomains.insert(newOrganizationDomain(state, fields)),
		state,
	);
}

/** @param {Record<string, any>} query @returns {(domain: DomainRow) => boolean} */
const matching = ({ verified, enrollment_mode: modes, organization_id: id, domains: names }) =>
	all([
		...signedFilter(
			[modes ?? []].flat().flatMap((/** @type {string} */ value) => value.split(',')),
			(/** @type {DomainRow} */ domain, mode) => domain.enrollment_mode === mode,
		),
		(domain) =>
			verified === undefined ||
			(domain.affiliation_verification.status === 'verified') === (verified === 'true'),
		(domain) => id === undefined || domain.organization_id === id,
		(domain) => names === undefined || names.includes(domain.name),
	]);

const [searchedBy, choose] = searchable('name');

/** @type {import('../server').Routes} */
module.exports = {
	'GET /organizations/{organization_id}/domains': {
		query: open({ ...paging, verified: text, enrollment_mode: text }),
		respond: ({ state, params, query }) => {
			const { id } = findOrganization(state, params.organization_id ?? '');
			const rows = [...state.organizationDomains.where('organization_id', id)].reverse();
			return withTotal(rows.filter(matching(query)), query, (row) =>
				presentOrganizationDomain(row, state),
			);
		},
	},
	'POST /organizations/{organization_id}/domains': {
		body: closed({ name: text, enrollment_mode: text, verified: nullable(flag) }),
		respond: ({ state, params, body }) => create(state, params.organization_id ?? '', body),
	},
	'PATCH /organizations/{organization_id}/domains/{domain_id}': {
		body: open({ enrollment_mode: nullable(text), verified: nullable(flag) }),
		respond: ({ state, params, body }) => {
			const domain = find(state, params);
			refuse(...modeRules(body));
			return domains.save(state, domain, settingsOf(body));
		},
	},
	'DELETE /organizations/{organization_id}/domains/{domain_id}': {
		respond: ({ state, params }) => {
			const domain = find(state, params);
			state.organizationDomains.remove(domain);
			return { object: 'organization_domain', id: domain.id, deleted: true };
		},
	},
	'POST /organizations/{organization_id}/domains/{domain_id}/verify_ownership': {
		respond: ({ state, params }) => {
			const domain = find(state, params);
			const proof = {
				status: 'verified',
				strategy: 'manual_override',
				attempts: null,
				expire_at: null,
				verified_at: state.clock(),
			};
			return domains.save(state, domain, {
				ownership_verification: domain.ownership_verification ?? proof,
			});
		},
	},
	'GET /organization_domains': domains.list(
		{
			...searchedBy,
			organization_id: text,
			verified: { enum: ['true', 'false'] },
			// One value with commas.
			enrollment_mode: { type: 'array' },
			domains: texts,
		},
		(rows, query) => {
			const byOrganization = query.query?.startsWith('org_');
			const found = byOrganization
				? rows.filter((row) => row.organization_id === query.query)
				: rows;
			return choose(found, byOrganization ? { ...query, query: undefined } : query).filter(
				matching(query),
			);
		},
	),
};
