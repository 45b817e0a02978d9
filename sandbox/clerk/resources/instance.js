'use strict';

const { api } = require('../../../scripts/lib/clerkApi');
const { refuseIf } = require('../errors');
const { revokeSession } = require('../records/session');
const { described } = require('../schemas');
const jwks = require('../seeds/jwks.json');
const defaults = require('../seeds/settings.json');
const { shape } = require('../shape');
const { pickBy } = require('../values');

/** Settings, in the groups that the API has a route for. Those that were not set are off, or nothing. */

/** Null changes nothing. @type {(state: State, name: string, record: string, body: Values) => Values} */
function change({ settings }, name, record, body) {
	const fields = api.records[record] ?? {};
	const own = pickBy(body, (value, field) => value !== null && fields[field]);
	settings[name] = { ...settings[name], ...own };
	return shape(record, settings[name]);
}

/** @typedef {(state: State, body: Values) => Values} Fields what a body sets, if not its own fields */

/**
 * Reading and changing one group, as far as the API has a route for it.
 *
 * @type {(path: string, name: string, fields?: Fields) => Record<string, Handler>}
 */
function group(path, name, fields) {
	const lines = [`GET ${path}`, `PATCH ${path}`].filter((line) => api.operations[line]);
	const record = api.operations[`PATCH ${path}`]?.response ?? '';
	/** @type {Handler} */
	const respond = ({ state, body }) => change(state, name, record, fields?.(state, body) ?? body);
	return Object.fromEntries(lines.map((line) => [line, respond]));
}

/** @type {Fields} */
function withRoles(state, { creator_role_id, domains_default_role_id, ...body }) {
	for (const [param, id] of Object.entries({ creator_role_id, domains_default_role_id })) {
		const role = state.roles.get(id);
		refuseIf(id && !role, 'role_not_found', { id, param });
		if (role) body[param.replace(/_id$/, '')] = role.key;
	}
	return body;
}

/** @type {Fields} */
const withScopes = (_state, { default_scopes: scopes, ...body }) =>
	scopes === undefined
		? body
		: { ...body, ...(scopes ? { default_scopes: scopes } : defaults.oauth) };

/** @type {Route} */
const changeDomain = {
	status: 202,
	respond({ state }) {
		const open = state.sessions.rows.filter(({ status }) => status === 'active');
		for (const session of open) revokeSession(state, session);
	},
};

/** There is a Svix app, or none. @param {State} state @param {boolean} wanted @param {boolean} [after] */
function svix({ settings, newId }, wanted, after = wanted) {
	const isOther = settings.instance?.svix !== wanted;
	refuseIf(isOther, wanted ? 'svix_app_missing' : 'svix_app_exists');
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
	...group('/instance/oauth_application_settings', 'oauth', withScopes),
	...group('/instance/organization_settings', 'organizations', withRoles),
	...group('/instance/protect', 'protect'),
	'POST /instance/change_domain': changeDomain,
	'PUT /beta_features/domain': changeDomain,
	'POST /webhooks/svix': ({ state }) => svix(state, false, true),
	'POST /webhooks/svix_url': ({ state }) => svix(state, true),
	'DELETE /webhooks/svix': { status: 204, respond: ({ state }) => void svix(state, true, false) },
	'GET /jwks': () => jwks,
	'GET /public/interstitial': {
		type: 'text/html',
		refusalStatus: 400,
		respond: () => '<!doctype html><script src="/npm/@clerk/clerk-js"></script>',
	},
});

module.exports = { routes };
