'use strict';

const { api } = require('../../../scripts/lib/clerkApi');
const { badValue, missing, refuse } = require('../errors');
const { hexId } = require('../ids');
const { defineResource, withoutNull } = require('../resource');
const { removeWhere } = require('../table');
const { revoke, showEnd } = require('./machines');

const NEW_SAML = {
	attribute_mapping: {
		user_id: '',
		email_address: 'mail',
		first_name: 'firstName',
		last_name: 'lastName',
	},
	allow_subdomains: false,
	allow_idp_initiated: false,
	force_authn: false,
	login_hint: { mode: 'email_address' },
};

/** Null clears what is known of the IdP; of other fields it is "not given". @param {Values} saml @param {Values} body @returns {Values} */
function changedSaml(saml, { attribute_mapping: mapping, ...body }) {
	const given = Object.entries(body).filter(
		([name, value]) => value !== null || name.startsWith('idp_'),
	);
	const named = Object.entries(mapping ?? {}).map(([name, value]) => [name, value ?? '']);
	const attribute_mapping = { ...saml.attribute_mapping, ...Object.fromEntries(named) };
	return { ...saml, ...Object.fromEntries(given), attribute_mapping };
}

/** Both names of the path hold the same. @param {Values} attribute */
const attributeOf = ({ scim_path, directory_path = scim_path, ...attribute }) => ({
	multi_valued: false,
	...attribute,
	...(directory_path !== undefined && { scim_path: directory_path, directory_path }),
});

/**
 * What a body sets. An empty list of domains changes nothing.
 *
 * @param {State} state
 * @param {Values} body
 * @param {Row} [row]
 * @param {boolean} [mayDelete] verified domains of organizations
 */
function settingsOf(state, body, row, mayDelete = true) {
	const { saml, oidc, domains, custom_attributes: attributes = null, ...own } = body;
	const isSaml = (row ?? body).provider.startsWith('saml_');
	const before = row?.saml ?? { ...NEW_SAML, id: state.newId('samlc'), name: body.name };
	const settings = {
		...withoutNull(own),
		...(domains?.length > 0 && {
			domains: domains.map((/** @type {string} */ one) => one.toLowerCase()),
		}),
		...(attributes && { custom_attributes: attributes.map(attributeOf) }),
		...(isSaml
			? { saml: changedSaml(before, saml ?? {}) }
			: { oidc: { ...(row?.oidc ?? { id: state.newId('oauthcfg') }), ...oidc } }),
	};
	const { active, saml: idp, organization_id: organization } = { ...row, ...settings };
	const lacksIdp = idp && !idp.idp_metadata && !idp.idp_metadata_url && !idp.idp_sso_url;
	const isTorn = attributes?.some(
		(/** @type {Values} */ { scim_path: old, directory_path: now = old }) =>
			old !== undefined && old !== now,
	);
	const isUnknown = organization && !state.organizations.get(organization);
	refuse(
		isUnknown && badValue('organization_id', 'is not the id of an organization'),
		isTorn && badValue('directory_path', 'and scim_path must be the same'),
		active && lacksIdp && badValue('active', 'needs the metadata of the IdP first'),
	);
	if (row) clearDomains(state, settings, row, mayDelete);
	return settings;
}

/**
 * Takes away organizations' verified domains in the way of a connection that is turned on.
 *
 * @param {State} state
 * @param {Values} settings
 * @param {Row} row
 * @param {boolean} mayDelete
 */
function clearDomains(state, { active, domains }, row, mayDelete) {
	const inTheWay = state.organizationDomains.rows.filter(
		({ name, affiliation_verification: verification }) =>
			active === true &&
			verification.status === 'verified' &&
			(domains ?? row.domains).includes(name.toLowerCase()),
	);
	const isKept = inTheWay.length > 0 && !mayDelete;
	refuse(isKept && badValue('active', 'needs consent to delete organizations’ verified domains'));
	for (const domain of inTheWay) state.organizationDomains.remove(domain);
}

/** @param {Row} row */
const samlOf = ({ saml, active }) => ({
	...saml,
	acs_url: `https://clerk.example.com/v1/saml/acs/${saml.id}`,
	sp_entity_id: `https://clerk.example.com/v1/saml/${saml.id}`,
	sp_metadata_url: `https://clerk.example.com/v1/saml/metadata/${saml.id}.xml`,
	active,
});

/** @returns {Values} */
const defaults = () => ({
	active: false,
	organization_id: null,
	sync_user_attributes: true,
	disable_additional_identifications: false,
	allow_organization_account_linking: false,
	authenticatable: true,
	disable_jit_provisioning: false,
	custom_attributes: [],
	saml: null,
	oidc: null,
});

/** @param {Row} row @param {State} state */
function removing({ id }, state) {
	removeWhere([state.testRuns], 'enterprise_connection_id', id);
	for (const directory of state.directories.where('enterprise_connection_id', id)) {
		directory.enterprise_connection_id = null;
	}
}

const connections = defineResource({
	path: '/enterprise_connections',
	table: 'enterpriseConnections',
	prefix: 'entconn',
	defaults,
	removing,
	shown: (row) => ({
		logo_public_url: null,
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

/** What the older routes have on one level is in two. @param {Call} call */
function fieldsOfOlder({ state, body, row }) {
	const { domain, domains = domain && [domain], ...given } = body;
	const { consent_verified_domains_deletion: consents, ...rest } = given;
	if (!row && !domains) refuse(missing('domains'));
	const isOwn = (/** @type {[string, unknown]} */ [name]) =>
		api.records.EnterpriseConnection?.[name] !== undefined;
	const entries = Object.entries(rest);
	const own = Object.fromEntries(entries.filter(isOwn));
	const saml = Object.fromEntries(entries.filter((entry) => !isOwn(entry)));
	return settingsOf(state, { ...own, domains, saml }, row, consents === true);
}

/** The same connections by their older name. */
const older = defineResource({
	path: '/saml_connections',
	table: 'enterpriseConnections',
	prefix: 'entconn',
	isNamed: ({ saml }, id) => saml.id === id,
	where: ({ saml }) => saml !== null,
	search: ['name'],
	defaults,
	removing,
	shown: (row) => ({
		...samlOf(row),
		name: row.name,
		domain: row.domains[0] ?? '',
		enterprise_connection_id: row.id,
	}),
	fields: fieldsOfOlder,
});

const testRuns = defineResource({
	path: '/enterprise_connections/{enterprise_connection_id}/test_runs',
	table: 'testRuns',
	prefix: 'entconntr',
	parent: connections.find,
	defaults: () => ({ status: 'pending', parsed_user_info: null, logs: [] }),
	shown({ enterprise_connection_id: id, status }, state) {
		const isSaml = connections.find(state, id).saml !== null;
		const details = status === 'pending' ? null : {};
		return {
			connection_type: isSaml ? 'saml' : 'oauth',
			saml: isSaml ? details && { saml_response: '<Response/>' } : null,
			oauth: isSaml ? null : details && { user_info: '{}' },
		};
	},
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
	defaults: (state) => ({
		admin_portal_link_id: state.newId('apl'),
		instance_id: 'ins_2NNEqL2nrIRdJ194ndJqAHwEfxC',
		scopes: [],
	}),
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

module.exports = {
	connections,
	makeConnection,
	testRuns,
	routes: {
		...connections.routes,
		...testRuns.routes,
		...older.routes,
		...adminPortalLinkTokens.routes,
	},
};
