'use strict';

/**
 * @typedef {object} SamlPart
 * @property {string} id
 * @property {string} name
 * @property {string | null} idp_entity_id
 * @property {string | null} idp_sso_url
 * @property {string | null} idp_certificate
 * @property {string[]} idp_certificates as PEM
 * @property {string | null} idp_metadata_url
 * @property {string | null} idp_metadata
 * @property {Record<string, string>} attribute_mapping
 * @property {boolean} allow_subdomains
 * @property {boolean} allow_idp_initiated
 * @property {boolean} force_authn
 * @property {{ mode: string, source?: string }} login_hint
 *
 * @typedef {object} ConnectionRow
 * @property {string} id
 * @property {string} name
 * @property {string} provider
 * @property {boolean} active
 * @property {string[]} domains
 * @property {string | null} organization_id
 * @property {boolean} sync_user_attributes
 * @property {boolean} disable_additional_identifications
 * @property {boolean} allow_organization_account_linking
 * @property {boolean} authenticatable
 * @property {boolean} disable_jit_provisioning
 * @property {Record<string, unknown>[]} custom_attributes
 * @property {SamlPart | null} saml
 * @property {Record<string, any> | null} oidc
 * @property {number} created_at
 * @property {number} updated_at
 *
 * @typedef {object} TestRunRow
 * @property {string} id
 * @property {string} enterprise_connection_id
 * @property {'pending' | 'success' | 'failed'} status
 * @property {Record<string, string> | null} parsed_user_info
 * @property {Record<string, string>[]} logs
 * @property {number} created_at
 */

/** @typedef {import('../state').State} State */
/** @typedef {Record<string, any>} Values */

/** What was given, without what was not. @param {Values} values @returns {Values} */
const given = (values) =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** Of these, `null` clears one. */
const IDP = ['entity_id', 'sso_url', 'certificate', 'metadata_url', 'metadata'].map(
	(name) => `idp_${name}`,
);
const MAPPING = {
	user_id: '',
	email_address: 'mail',
	first_name: 'firstName',
	last_name: 'lastName',
};

/** `null` stands for "not given". @param {Values} old @param {Values} changes @returns {Values} */
const changed = (old, changes) => ({
	...old,
	...Object.fromEntries(Object.entries(changes).filter(([, value]) => value != null)),
});

/** @param {SamlPart} saml @param {Values} changes @returns {SamlPart} */
function changedSaml(saml, { attribute_mapping: mapping, ...changes }) {
	const named = Object.fromEntries(
		Object.entries(mapping ?? {}).map(([name, value]) => [name, value ?? '']),
	);
	const attribute_mapping = { ...saml.attribute_mapping, ...named };
	const cleared = IDP.filter((name) => changes[name] === null).map((name) => [name, null]);
	const rest = /** @type {SamlPart} */ (changed(saml, changes));
	return { ...rest, ...Object.fromEntries(cleared), attribute_mapping };
}

/** @param {State} state @param {string} name @param {Values} fields @returns {SamlPart} */
function newSaml(state, name, fields) {
	const blank = {
		id: state.newId('samlc'),
		name,
		idp_entity_id: null,
		idp_sso_url: null,
		idp_certificate: null,
		idp_certificates: [],
		idp_metadata_url: null,
		idp_metadata: null,
		attribute_mapping: MAPPING,
		allow_subdomains: false,
		allow_idp_initiated: false,
		force_authn: false,
		login_hint: { mode: 'email_address' },
	};
	return changedSaml(blank, fields);
}

/** @param {State} state @param {Values} fields */
const newOidc = (state, fields) => ({
	id: state.newId('oauthcfg'),
	requires_pkce: false,
	...fields,
});

/** @param {State} state @param {Values & { name: string, provider: string, domains: string[] }} fields @returns {ConnectionRow} */
function newConnection(state, { saml, oidc, ...fields }) {
	const at = fields.created_at ?? state.clock();
	const isSaml = fields.provider.startsWith('saml_');
	const row = {
		active: false,
		organization_id: null,
		sync_user_attributes: true,
		disable_additional_identifications: false,
		allow_organization_account_linking: false,
		authenticatable: true,
		disable_jit_provisioning: false,
		custom_attributes: [],
		created_at: at,
		updated_at: at,
	};
	return {
		.../** @type {any} */ (changed(row, fields)),
		domains: fields.domains.map((domain) => domain.toLowerCase()),
		id: state.newId('entconn', at),
		saml: isSaml ? newSaml(state, fields.name, saml ?? {}) : null,
		oidc: isSaml ? null : newOidc(state, given(oidc ?? {})),
	};
}

/** @param {SamlPart} saml */
const certificatesOf = ({ idp_certificates: certificates }) => ({
	idp_certificates: certificates.map((certificate) => ({
		certificate,
		issued_at: null,
		expires_at: null,
	})),
});

/** Where the IdP sends people back to. @param {SamlPart} saml */
const ownAddresses = ({ id }) => ({
	acs_url: `https://clerk.example.com/v1/saml/acs/${id}`,
	sp_entity_id: `https://clerk.example.com/v1/saml/${id}`,
	sp_metadata_url: `https://clerk.example.com/v1/saml/metadata/${id}.xml`,
});

/** @param {ConnectionRow} row */
function presentConnection({ saml, oidc, ...row }) {
	const { idp_certificate, idp_metadata, attribute_mapping, ...shown } = saml ?? {};
	const { client_secret, requires_pkce, ...config } = oidc ?? {};
	return {
		object: 'enterprise_connection',
		...row,
		logo_public_url: null,
		saml_connection: saml && {
			...shown,
			...certificatesOf(saml),
			...ownAddresses(saml),
			active: row.active,
		},
		oauth_config: oidc && {
			...config,
			name: row.name,
			provider_key: row.provider,
			requires_pkce: requires_pkce ?? false,
		},
	};
}

/** The same connection, as the older API shows it. @param {ConnectionRow} row */
function presentSamlConnection({ id, saml, oidc, custom_attributes, ...row }) {
	if (!saml) throw new TypeError(`${id} is no SAML connection`);
	return {
		object: 'saml_connection',
		...row,
		...saml,
		...certificatesOf(saml),
		name: row.name,
		domain: row.domains[0] ?? '',
		...ownAddresses(saml),
		idp_certificate_issued_at: null,
		idp_certificate_expires_at: null,
		user_count: 0,
		enterprise_connection_id: id,
	};
}

/** @param {State} state @param {Partial<TestRunRow> & { enterprise_connection_id: string }} fields @returns {TestRunRow} */
const newTestRun = (state, fields) => ({
	status: 'pending',
	parsed_user_info: null,
	logs: [],
	created_at: state.clock(),
	...fields,
	id: state.newId('entconntr'),
});

/** @param {State} state @param {TestRunRow} run */
function presentTestRun(state, { enterprise_connection_id: id, ...run }) {
	const isSaml = state.enterpriseConnections.get(id)?.saml != null;
	const details = run.status === 'pending' ? null : {};
	return {
		...run,
		connection_type: isSaml ? 'saml' : 'oauth',
		saml: isSaml ? details && { saml_response: '<Response/>' } : null,
		oauth: isSaml ? null : details && { user_info: '{}' },
	};
}

module.exports = {
	changed,
	changedSaml,
	given,
	newConnection,
	newTestRun,
	presentConnection,
	presentSamlConnection,
	presentTestRun,
};
