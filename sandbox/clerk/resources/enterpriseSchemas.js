'use strict';

const { closed, flag, nullable, oneOf, text, texts } = require('../validation');

/** What a connection to an identity provider may be told, by the newer route and by the older. */

const SAML = ['saml_custom', 'saml_okta', 'saml_google', 'saml_microsoft'];
const OIDC = ['oidc_custom', 'oidc_github_enterprise', 'oidc_gitlab'];

/** @param {string[]} names @param {import('../validation').Schema} schema */
const each = (names, schema) => Object.fromEntries(names.map((name) => [name, schema]));

const USER = ['user_id', 'email_address', 'first_name', 'last_name'];
const IDP = ['idp_entity_id', 'idp_sso_url', 'idp_certificate', 'idp_metadata_url', 'idp_metadata'];
const idp = { ...each(IDP, nullable(text)), idp_certificates: texts };
const modes = { ...text, ...oneOf(['email_address', 'custom_attribute', 'off']) };
const login_hint = nullable(closed({ mode: modes, source: text }, ['mode']));
const signIn = each(['allow_subdomains', 'allow_idp_initiated'], nullable(flag));
const userRules = each(
	['sync_user_attributes', 'disable_additional_identifications'],
	nullable(flag),
);
const signInRules = each(['authenticatable', 'disable_jit_provisioning'], flag);
const linking = each(['active', 'allow_organization_account_linking'], nullable(flag));

const samlPart = {
	...idp,
	...signIn,
	attribute_mapping: nullable(closed(each(USER, nullable(text)))),
	force_authn: nullable(flag),
	login_hint,
};
const OIDC_TEXTS = ['client_id', 'client_secret', 'discovery_url', 'auth_url', 'token_url'];
const oidc = nullable(
	closed({
		...each([...OIDC_TEXTS, 'user_info_url'], nullable(text)),
		requires_pkce: nullable(flag),
	}),
);
const attribute = closed(
	{
		name: { ...text, minLength: 1 },
		key: { ...text, minLength: 1, pattern: '^[^_][A-Za-z0-9_-]*$' },
		...each(['sso_path', 'scim_path', 'directory_path'], text),
		multi_valued: flag,
	},
	['name', 'key'],
);
const custom_attributes = { type: 'array', items: attribute };
const organization_id = nullable(text);

const createConnection = closed(
	{
		name: text,
		provider: { ...text, ...oneOf([...SAML, ...OIDC]) },
		domains: { ...texts, minItems: 1 },
		organization_id,
		...linking,
		...signInRules,
		saml: nullable(closed(samlPart)),
		oidc,
		custom_attributes,
	},
	['name', 'provider', 'domains'],
);

const updateConnection = closed({
	name: nullable(text),
	domains: nullable(texts),
	organization_id,
	...linking,
	...userRules,
	...signInRules,
	saml: nullable(closed({ name: nullable(text), ...samlPart })),
	oidc,
	custom_attributes: nullable(custom_attributes),
});

const older = {
	...idp,
	organization_id,
	attribute_mapping: nullable(closed(each(USER, text))),
	force_authn: flag,
	login_hint,
};

const createSaml = closed(
	{
		name: text,
		domain: text,
		domains: texts,
		provider: { ...text, ...oneOf(SAML) },
		...older,
	},
	['name', 'provider'],
);

const updateSaml = closed({
	name: nullable(text),
	domain: nullable(text),
	domains: nullable(texts),
	...older,
	...linking,
	...userRules,
	...signIn,
	consent_verified_domains_deletion: nullable(flag),
});

module.exports = { createConnection, createSaml, updateConnection, updateSaml };
