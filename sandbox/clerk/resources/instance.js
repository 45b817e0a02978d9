'use strict';

const { generateKeyPairSync } = require('node:crypto');
const { badFormat, refusal, refuse } = require('../errors');
const { revokeSession } = require('../records/session');
const { described } = require('../schemas');
const { shape } = require('../shape');

/** @typedef {import('../state').State} State */
/** @typedef {import('../server').Route} Route */

const ID = 'ins_sandbox';
const DEFAULT_SCOPES = ['profile', 'email'];

/**
 * What is set for a whole instance, in the groups that the API has a route for: as in a new instance.
 *
 * @typedef {ReturnType<typeof newSettings>} Settings
 */
const newSettings = () => ({
	instance: {
		/** @type {string[]} */
		allowed_origins: ['http://localhost:3000'],
		home_url: 'https://www.company.example',
		svix: false,
	},
	auth: {
		id: ID,
		restricted_to_allowlist: false,
		from_email_address: 'notifications',
		progressive_sign_up: true,
	},
	restrictions: {
		allowlist: false,
		blocklist: false,
		allowlist_blocklist_disabled_on_sign_in: false,
		block_email_subaddresses: false,
		block_disposable_email_domains: false,
	},
	communication: {
		/** @type {string[]} */
		blocked_country_codes: [],
	},
	oauth: {
		dynamic_oauth_client_registration: false,
		default_scopes: DEFAULT_SCOPES,
		oauth_jwt_access_tokens: false,
		client_id_metadata_documents_advertised: false,
		client_id_metadata_documents_only_allow_pre_registered_clients: false,
		client_id_metadata_documents_block_implicitly_allowed_clients: false,
	},
	organizations: {
		enabled: true,
		max_allowed_memberships: 5,
		max_allowed_roles: 10,
		max_role_sets_allowed: 1,
		max_allowed_domains: 10,
		initial_role_set_key: 'role_set:default',
		creator_role: 'org:admin',
		admin_delete_enabled: true,
		domains_enabled: false,
		slug_disabled: false,
		/** @type {string[]} */
		domains_enrollment_modes: [],
		domains_default_role: 'org:member',
	},
	protect: { rules_enabled: false, specter_enabled: false, checks_verified: true },
});

/** What was left out or is null stays. @param {Record<string, any>} settings @param {Record<string, any>} body */
function change(settings, body) {
	for (const [name, value] of Object.entries(body)) {
		if (value !== null && name in settings) settings[name] = value;
	}
}

/**
 * Reading and changing one group of settings.
 *
 * @param {string} path
 * @param {keyof Settings} name
 * @param {{ record: string, methods?: string[], fields?: (state: State, body: Record<string, any>) => Record<string, any> }} how
 *   `fields`: what a body sets, when that is not its own fields
 * @returns {Record<string, Route['respond']>}
 */
function group(path, name, { record, methods = ['GET', 'PATCH'], fields = (_, body) => body }) {
	/** @type {Route['respond']} */
	const respond = ({ state, body }) => {
		change(state.settings[name], fields(state, body));
		return shape(record, state.settings[name]);
	};
	return Object.fromEntries(methods.map((method) => [`${method} ${path}`, respond]));
}

/** @param {State} state @param {Record<string, any>} body */
function withRoles(state, { creator_role_id, domains_default_role_id, ...body }) {
	const named = Object.entries({ creator_role_id, domains_default_role_id });
	const roles = named.flatMap(([param, id]) => {
		if (!id) return [];
		const role = state.roles.get(id);
		const message = `No role was found with id ${id}.`;
		if (!role) throw refusal(404, 'resource_not_found', message, { param });
		return [[param.replace(/_id$/, ''), role.key]];
	});
	return { ...body, ...Object.fromEntries(roles) };
}

/** @type {Route} */
const changeDomain = {
	status: 202,
	respond: ({ state, body }) => {
		if (!URL.canParse(body.home_url)) refuse(badFormat('home_url', 'must be a URL'));
		state.settings.instance.home_url = body.home_url;
		for (const session of state.sessions.rows.filter(({ status }) => status === 'active')) {
			revokeSession(state, session);
		}
		return undefined;
	},
};

/** @type {object | undefined} */
let publicKey;

/** Made when somebody asks, as it takes a while. */
function jwk() {
	const options = { modulusLength: 2048 };
	publicKey ??= generateKeyPairSync('rsa', options).publicKey.export({ format: 'jwk' });
	return { use: 'sig', kid: ID, alg: 'RS256', ...publicKey };
}

/** There is a Svix app, or none. @param {State} state @param {boolean} wanted @param {boolean} [after] */
function svix({ settings, newId }, wanted, after = wanted) {
	if (settings.instance.svix !== wanted) {
		const message = wanted ? 'There is no Svix app.' : 'There is a Svix app already.';
		throw refusal(400, wanted ? 'svix_app_missing' : 'svix_app_exists', message);
	}
	settings.instance.svix = after;
	return { svix_url: `https://app.svix.sandbox.example/login#key=${newId('key')}` };
}

const routes = described({
	'GET /instance': ({ state: { instance, settings } }) => {
		const { id, environmentType: environment_type } = instance;
		return shape('Instance', { ...settings.instance, id, environment_type });
	},
	'PATCH /instance': {
		status: 204,
		respond: ({ state, body }) => change(state.settings.instance, body),
	},
	...group('/beta_features/instance_settings', 'auth', {
		record: 'UpdateInstanceAuthConfig',
		methods: ['PATCH'],
	}),
	...group('/instance/restrictions', 'restrictions', {
		record: 'InstanceRestrictions',
		methods: ['PATCH'],
	}),
	...group('/instance/communication', 'communication', { record: 'InstanceCommunication' }),
	...group('/instance/oauth_application_settings', 'oauth', {
		record: 'OAuthApplicationSettings',
		fields: (_, { default_scopes: scopes, ...body }) => ({
			...body,
			...(scopes !== undefined && { default_scopes: scopes ?? DEFAULT_SCOPES }),
		}),
	}),
	...group('/instance/organization_settings', 'organizations', {
		record: 'OrganizationSettings',
		fields: withRoles,
	}),
	...group('/instance/protect', 'protect', { record: 'InstanceProtect' }),
	'POST /instance/change_domain': changeDomain,
	'PUT /beta_features/domain': changeDomain,
	'POST /webhooks/svix': ({ state }) => svix(state, false, true),
	'POST /webhooks/svix_url': ({ state }) => svix(state, true),
	'DELETE /webhooks/svix': { status: 204, respond: ({ state }) => void svix(state, true, false) },
	'GET /jwks': () => ({ keys: [jwk()] }),
	'GET /public/interstitial': {
		type: 'text/html',
		respond: ({ query }) => {
			const key = query.publishable_key ?? query.frontend_api ?? query.frontendApi;
			if (!key) throw refusal(400, 'missing_query_param', 'publishable_key must be included.');
			return '<!doctype html><html><head><script src="/npm/@clerk/clerk-js"></script></head></html>';
		},
	},
});

module.exports = { newSettings, routes };
