'use strict';

const { generateKeyPairSync } = require('node:crypto');
const { badFormat, refusal, refuse } = require('../errors');
const { revokeSession } = require('../records/session');
const { newSettings } = require('../records/settings');
const { closed, flag, integer, nullable, oneOf, open, text, texts } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../server').Route} Route */
/** @typedef {import('../server').Routes} Routes */
/** @typedef {import('../records/settings').Settings} Settings */

const ID = 'ins_sandbox';

/** What was left out or is null stays. @param {Record<string, any>} settings @param {Record<string, any>} body */
function change(settings, body) {
	for (const [name, value] of Object.entries(body)) {
		if (value !== null && name in settings) settings[name] = value;
	}
}

const flags = (/** @type {string[]} */ ...names) =>
	Object.fromEntries(names.map((name) => [name, nullable(flag)]));

const domainRoute = {
	status: 202,
	body: closed({ home_url: text, is_secondary: flag }),
	/** @type {Route['respond']} */
	respond: ({ state, body }) => {
		if (!URL.canParse(body.home_url)) refuse(badFormat('home_url', 'must be a URL'));
		state.settings.instance.home_url = body.home_url;
		for (const session of state.sessions.rows.filter(({ status }) => status === 'active')) {
			revokeSession(state, session);
		}
		return undefined;
	},
};

/** @param {State} state */
const presentOrganizationSettings = ({ settings }) => ({
	object: 'organization_settings',
	...settings.organizations,
	max_allowed_roles: 10,
	max_role_sets_allowed: 1,
	max_allowed_domains: 10,
	initial_role_set_key: 'role_set:default',
});

/** @param {State} state @param {string} param @param {string} id */
function roleKey(state, param, id) {
	const role = state.roles.get(id);
	if (!role)
		throw refusal(404, 'resource_not_found', `No role was found with id ${id}.`, { param });
	return role.key;
}

/** @type {object | undefined} */
let publicKey;

/** Made when somebody asks, as it takes a while. */
function jwk() {
	publicKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
		format: 'jwk',
	});
	return { use: 'sig', kid: ID, alg: 'RS256', ...publicKey };
}

const CHECKS = { checks_verified: true, checks_bypassed: false };

/** @type {Routes} */
module.exports = {
	'GET /instance': {
		respond: ({ state }) => ({
			object: 'instance',
			id: state.instance.id,
			environment_type: state.instance.environmentType,
			allowed_origins: state.settings.instance.allowed_origins,
			workspace_id: null,
		}),
	},
	'PATCH /instance': {
		status: 204,
		body: closed({
			...flags('test_mode', 'hibp', 'cookieless_dev', 'url_based_session_syncing'),
			support_email: nullable(text),
			clerk_js_version: nullable(text),
			development_origin: nullable(text),
			allowed_origins: nullable(texts),
			preferred_sign_in_strategy_when_password_required: nullable({
				...text,
				...oneOf(['password', 'otp', '']),
			}),
		}),
		respond: ({ state, body }) => change(state.settings.instance, body),
	},
	'PATCH /beta_features/instance_settings': {
		body: closed({
			...flags('restricted_to_allowlist', 'progressive_sign_up', 'test_mode'),
			from_email_address: nullable({ ...text, pattern: '^[A-Za-z0-9]*$' }),
		}),
		respond: ({ state, body }) => {
			change(state.settings.auth, body);
			return { object: 'instance_settings', id: ID, ...state.settings.auth };
		},
	},
	'PATCH /instance/restrictions': {
		body: closed(flags(...Object.keys(newSettings().restrictions))),
		respond: ({ state, body }) => {
			change(state.settings.restrictions, body);
			return { object: 'instance_restrictions', ...state.settings.restrictions };
		},
	},
	'GET /instance/communication': {
		respond: ({ state }) => ({
			object: 'instance_communication',
			...state.settings.communication,
		}),
	},
	'PATCH /instance/communication': {
		body: closed({
			blocked_country_codes: nullable({
				...texts,
				maxItems: 250,
				uniqueItems: true,
				items: { ...text, pattern: '^[A-Z]{2}$' },
			}),
		}),
		respond: ({ state, body }) => {
			change(state.settings.communication, body);
			return { object: 'instance_communication', ...state.settings.communication };
		},
	},
	'GET /instance/oauth_application_settings': {
		respond: ({ state }) => ({ object: 'oauth_application_settings', ...state.settings.oauth }),
	},
	'PATCH /instance/oauth_application_settings': {
		body: closed({
			...flags(...Object.keys(newSettings().oauth)),
			default_scopes: nullable(texts),
		}),
		respond: ({ state, body }) => {
			change(state.settings.oauth, body);
			const { default_scopes } = newSettings().oauth;
			if (body.default_scopes === null) change(state.settings.oauth, { default_scopes });
			return { object: 'oauth_application_settings', ...state.settings.oauth };
		},
	},
	'GET /instance/organization_settings': {
		respond: ({ state }) => presentOrganizationSettings(state),
	},
	'PATCH /instance/organization_settings': {
		body: closed({
			...flags('enabled', 'admin_delete_enabled', 'domains_enabled', 'slug_disabled'),
			max_allowed_memberships: nullable(integer),
			domains_enrollment_modes: texts,
			creator_role_id: nullable(text),
			domains_default_role_id: nullable(text),
		}),
		respond: ({ state, body }) => {
			const { creator_role_id: creator, domains_default_role_id: joining, ...others } = body;
			const roles = {
				...(creator && { creator_role: roleKey(state, 'creator_role_id', creator) }),
				...(joining && {
					domains_default_role: roleKey(state, 'domains_default_role_id', joining),
				}),
			};
			change(state.settings.organizations, { ...others, ...roles });
			return presentOrganizationSettings(state);
		},
	},
	'GET /instance/protect': {
		respond: ({ state }) => ({
			object: 'instance_protect',
			...state.settings.protect,
			...CHECKS,
		}),
	},
	'PATCH /instance/protect': {
		body: closed(flags('rules_enabled', 'specter_enabled')),
		respond: ({ state, body }) => {
			change(state.settings.protect, body);
			return { object: 'instance_protect', ...state.settings.protect, ...CHECKS };
		},
	},
	'POST /instance/change_domain': domainRoute,
	'PUT /beta_features/domain': domainRoute,
	'GET /jwks': { respond: () => ({ keys: [jwk()] }) },
	'GET /public/interstitial': {
		type: 'text/html',
		query: open({
			frontendApi: text,
			frontend_api: text,
			publishable_key: text,
			proxy_url: text,
			domain: text,
			sign_in_url: text,
			use_domain_for_script: flag,
		}),
		respond: ({ query }) => {
			const key = query.publishable_key ?? query.frontend_api ?? query.frontendApi;
			if (!key) throw refusal(400, 'missing_query_param', 'publishable_key must be included.');
			return '<!doctype html><html><head><script src="/npm/@clerk/clerk-js"></script></head></html>';
		},
	},
};
