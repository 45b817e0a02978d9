'use strict';

const { api } = require('../../../scripts/lib/clerkApi');
const { badValue, missing, refuse } = require('../errors');
const { hexId } = require('../ids');
const { defineResource, together } = require('../resource');
const { defaultsOf, removeWhere } = require('../table');
const { either } = require('./directories');
const { revoke, showEnd } = require('./machines');
const { mapValues, pickBy, withoutNull } = require('../values');

/** Null clears what is known of the IdP, and nothing else. @type {(saml: Values, body: Values) => Values} */
function changedSaml(saml, { attribute_mapping: mapping, ...body }) {
	const given = pickBy(body, (value, name) => value !== null || name.startsWith('idp_'));
	const named = mapValues(mapping ?? {}, (value) => value ?? '');
	return { ...saml, ...given, attribute_mapping: { ...saml.attribute_mapping, ...named } };
}

/** @param {string} text */
const lowerCase = (text) => text.toLowerCase();

/** Both names of the path hold the same. @param {Values} attribute */
function attributeOf(attribute) {
	const path = either(attribute, 'directory_path', 'scim_path');
	const paths = path !== undefined && { scim_path: path, directory_path: path };
	return { multi_valued: false, ...attribute, ...paths };
}

/**
 * What a body sets. An empty list of domains changes nothing. A connection that is turned on takes away
 * organizations' verified domains that are in its way, if it may.
 * @type {(state: State, body: Values, row?: Row, mayDelete?: boolean) => Values}
 */
function settingsOf(state, body, row, mayDelete = true) {
	const { saml, oidc, domains, custom_attributes: attributes, ...own } = body;
	const isSaml = (row ?? body).provider.startsWith('saml_');
	const before = row?.saml ?? {
		...defaultsOf('samlConfigurations'),
		id: state.newId('samlc'),
		name: body.name,
	};
	const settings = withoutNull({
		...own,
		domains: domains?.length > 0 ? domains.map(lowerCase) : null,
		custom_attributes: attributes?.map(attributeOf) ?? null,
		...(isSaml
			? { saml: changedSaml(before, saml ?? {}) }
			: { oidc: { id: state.newId('oauthcfg'), ...row?.oidc, ...oidc } }),
	});
	const after = /** @type {Values} */ ({ ...row, ...settings });
	const { active, saml: idp, organization_id: organization } = after;
	const lacksIdp = idp && !idp.idp_metadata && !idp.idp_metadata_url && !idp.idp_sso_url;
	const isUnknown = organization && !state.organizations.get(organization);
	const inTheWay = state.organizationDomains.rows.filter(
		({ name, affiliation_verification: { status } }) =>
			row && settings.active && status === 'verified' && after.domains.includes(name.toLowerCase()),
	);
	const isKept = inTheWay.length > 0 && !mayDelete;
	refuse(
		isUnknown && badValue('organization_id', 'is not the id of an organization'),
		active && lacksIdp && badValue('active', 'needs the metadata of the IdP first'),
		isKept && badValue('active', 'needs consent to delete organizations’ verified domains'),
	);
	for (const domain of inTheWay) state.organizationDomains.remove(domain);
	return settings;
}

/** @param {Row} row */
const samlOf = ({ saml, active }) => ({
	...saml,
	acs_url: `https://clerk.example.com/v1/saml/acs/${saml.id}`,
	sp_entity_id: `https://clerk.example.com/v1/saml/${saml.id}`,
	sp_metadata_url: `https://clerk.example.com/v1/saml/metadata/${saml.id}.xml`,
	active,
});

/** @type {Pick<Definition, 'table' | 'prefix' | 'removing'>} */
const ofBothNames = {
	table: 'enterpriseConnections',
	prefix: 'entconn',
	removing({ id }, state) {
		removeWhere([state.testRuns], 'enterprise_connection_id', id);
		const directories = state.directories.where('enterprise_connection_id', id);
		for (const directory of directories) directory.enterprise_connection_id = null;
	},
};

const connections = defineResource({
	...ofBothNames,
	path: '/enterprise_connections',
	shown: (row) => ({
		saml_connection: row.saml && samlOf(row),
		oauth_config: row.oidc && {
			requires_pkce: false,
			...row.oidc,
			name: row.name,
			provider_key: row.provider,
		},
	}),
	fields: ({ state, body, row }) => settingsOf(state, body, row),
	routes: { 'POST /enterprise_connections': { status: 201 } },
});

/** The same connections by their older name. */
const older = defineResource({
	...ofBothNames,
	path: '/saml_connections',
	isNamed: ({ saml }, id) => saml.id === id,
	where: ({ saml }) => saml !== null,
	search: ['name'],
	shown: (row) => ({
		...samlOf(row),
		name: row.name,
		domain: row.domains[0] ?? '',
		enterprise_connection_id: row.id,
	}),
	// What the older routes have on one level is in two.
	fields({ state, body, row }) {
		const { domain, domains = domain && [domain], ...given } = body;
		const { consent_verified_domains_deletion: consents, ...rest } = given;
		if (!row && !domains) refuse(missing('domains'));
		const known = api.records.EnterpriseConnection ?? {};
		const own = pickBy(rest, (_value, name) => known[name]);
		const saml = pickBy(rest, (_value, name) => !known[name]);
		return settingsOf(state, { ...own, domains, saml }, row, consents === true);
	},
});

const testRuns = defineResource({
	path: '/enterprise_connections/{enterprise_connection_id}/test_runs',
	table: 'testRuns',
	prefix: 'entconntr',
	parent: connections.find,
	shown: ({ enterprise_connection_id: id }, state) => ({
		connection_type: connections.find(state, id).saml ? 'saml' : 'oauth',
	}),
	filters: { status: (wanted) => (row) => wanted.includes(row.status) },
	routes: {
		'POST /enterprise_connections/{enterprise_connection_id}/test_runs': ({ state, params }) => {
			const { id } = testRuns.make(state, params);
			return { url: `https://clerk.example.com/v1/enterprise_connections/test/${id}` };
		},
	},
});

/** Links by which a customer sets its own connection up. */
const adminPortalLinkTokens = defineResource({
	path: '/admin_portal_link_tokens',
	table: 'adminPortalLinkTokens',
	// Sixteen bytes, and not like the other ids.
	prefix: (state) => hexId(state, 'aplt'),
	defaults: (state) => ({ admin_portal_link_id: state.newId('apl') }),
	shown: (row, state) => ({ ...showEnd(row, state), token: `aplt_secret_${row.id}` }),
	fields: ({ state, body: { seconds_until_expiration: seconds = 3600, ...body } }) => ({
		...body,
		expiration: state.clock() + seconds * 1000,
	}),
	routes: {
		'POST /admin_portal_link_tokens': { status: 201 },
		'POST /admin_portal_link_tokens/{adminPortalLinkTokenID}/revoke': revoke,
	},
});

/** @param {State} state @param {Values} fields */
const makeConnection = (state, { created_at, ...body }) =>
	connections.make(state, { created_at, ...settingsOf(state, body) });

const { makers, routes } = together({ connections, testRuns, older, adminPortalLinkTokens });

module.exports = { makeConnection, makers, routes };
