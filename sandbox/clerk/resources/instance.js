'use strict';

const { generateKeyPairSync } = require('node:crypto');
const { api } = require('../../../scripts/lib/clerkApi');
const { refusal } = require('../errors');
const { revokeSession } = require('../records/session');
const { described } = require('../schemas');
const { shape } = require('../shape');

/** @typedef {import('../server').Route} Route */

const ID = 'ins_sandbox';
const DEFAULT_SCOPES = ['profile', 'email'];

/** What is set in a new instance, in the groups that the API has a route for. Other settings are off, or nothing. @returns {Record<string, Values>} */
const newSettings = () => ({
	instance: { allowed_origins: ['http://localhost:3000'], svix: false },
	auth: {
		object: 'instance_settings',
		id: ID,
		restricted_to_allowlist: false,
		from_email_address: 'notifications',
		progressive_sign_up: true,
	},
	restrictions: {},
	communication: {},
	oauth: { default_scopes: DEFAULT_SCOPES },
	organizations: {
		enabled: true,
		max_allowed_memberships: 5,
		max_allowed_roles: 10,
		max_role_sets_allowed: 1,
		max_allowed_domains: 10,
		initial_role_set_key: 'role_set:default',
		creator_role: 'org:admin',
		admin_delete_enabled: true,
		slug_disabled: false,
		domains_default_role: 'org:member',
	},
	protect: { checks_verified: true },
});

/** What was left out or is null stays. @param {State} state @param {string} name @param {string} record @param {Values} body */
function change({ settings }, name, record, body) {
	const fields = api.records[record] ?? {};
	const given = Object.entries(body).filter(([field, value]) => value !== null && fields[field]);
	settings[name] = { ...settings[name], ...Object.fromEntries(given) };
	return shape(record, settings[name] ?? {});
}

/**
 * Reading and changing one group of settings, as far as the API has a route for it.
 *
 * @param {string} path
 * @param {string} name
 * @param {(state: State, body: Values) => Values} [fields] what a body sets, when that is not its own fields
 * @returns {Record<string, Route['respond']>}
 */
function group(path, name, fields = (_, body) => body) {
	const lines = ['GET', 'PATCH'].flatMap((method) =>
		api.operations[`${method} ${path}`] ? [`${method} ${path}`] : [],
	);
	const record = api.operations[`PATCH ${path}`]?.response ?? '';
	/** @type {Route['respond']} */
	const respond = ({ state, body }) => change(state, name, record, fields(state, body));
	return Object.fromEntries(lines.map((line) => [line, respond]));
}

/** @param {State} state @param {Values} body */
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
	respond: ({ state }) => {
		for (const session of state.sessions.rows.filter(({ status }) => status === 'active')) {
			revokeSession(state, session);
		}
		return undefined;
	},
};

/** @type {object | undefined} */
let publicKey;

/** Made on the first request, as it takes a while. */
function jwk() {
	const options = { modulusLength: 2048 };
	publicKey ??= generateKeyPairSync('rsa', options).publicKey.export({ format: 'jwk' });
	return { use: 'sig', kid: ID, alg: 'RS256', ...publicKey };
}

/** There is a Svix app, or none. @param {State} state @param {boolean} wanted @param {boolean} [after] */
function svix({ settings, newId }, wanted, after = wanted) {
	if (settings.instance?.svix !== wanted) {
		const message = wanted ? 'There is no Svix app.' : 'There is a Svix app already.';
		throw refusal(400, wanted ? 'svix_app_missing' : 'svix_app_exists', message);
	}
	settings.instance = { ...settings.instance, svix: after };
	return { svix_url: `https://app.svix.sandbox.example/login#key=${newId('key')}` };
}

const routes = described({
	'GET /instance': ({ state: { instance, settings } }) => {
		const { id, environmentType: environment_type } = instance;
		return shape('Instance', { ...settings.instance, id, environment_type });
	},
	'PATCH /instance': {
		status: 204,
		respond: ({ state, body }) => void change(state, 'instance', 'Instance', body),
	},
	...group('/beta_features/instance_settings', 'auth'),
	...group('/instance/restrictions', 'restrictions'),
	...group('/instance/communication', 'communication'),
	...group(
		'/instance/oauth_application_settings',
		'oauth',
		(_, { default_scopes: scopes, ...body }) => ({
			...body,
			...(scopes !== undefined && { default_scopes: scopes ?? DEFAULT_SCOPES }),
		}),
	),
	...group('/instance/organization_settings', 'organizations', withRoles),
	...group('/instance/protect', 'protect'),
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
