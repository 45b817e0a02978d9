'use strict';

const { startClerk } = require('../../sandbox/clerk');
const { newPermission, newRole, newRoleSet } = require('../../sandbox/clerk/resources/roles');
const accessLists = require('../../sandbox/clerk/resources/accessLists');
const { redirectUrls } = require('../../sandbox/clerk/resources/domains');
const { make: makeMachine } = require('../../sandbox/clerk/resources/machines');
const oauthApplications = require('../../sandbox/clerk/resources/oauthApplications');
const { jwtTemplates } = require('../../sandbox/clerk/resources/templates');
const { runNode } = require('./host');

/** Configurations of simulated Clerks: planted, exported and applied. */

/** @typedef {Awaited<ReturnType<typeof startClerk>>} Clerk */

/**
 * What differs between instances. Keys are numbers, so that two configurations have some in common.
 *
 * @typedef {object} Configuration
 * @property {Array<{ key: number, description: string }>} permissions
 * @property {Array<{ key: number, description: string | null, permissions: number[] }>} roles `permissions` of those above
 * @property {{ roles: number[], isInitial: boolean }} roleSet a further set
 * @property {Array<{ key: number, claims: Record<string, unknown>, lifetime: number }>} templates
 * @property {number[]} urls
 * @property {number[]} allowed
 * @property {number[]} blocked
 * @property {Array<{ key: number, uris: number[], isPublic: boolean }>} applications
 * @property {Array<{ key: number, ttl: number, mayCall: number[] }>} machines
 * @property {{ enabled: boolean, max: number, creator: number, countries: string[], scopes: string[], origins: string[], rules: boolean }} settings `creator` of the roles above
 */

/** @param {string} id @param {'development' | 'production'} environmentType */
const startInstance = (id, environmentType = 'development') =>
	startClerk({
		seed: 'empty',
		rateLimit: false,
		instance: { id, environmentType, jwtTemplates: [] },
	});

/** @template T @param {T[]} list @param {number} index */
const wrap = (list, index) => list[index % list.length];

/** @param {Clerk} clerk @param {Configuration} configuration */
function plant({ state }, configuration) {
	const { permissions, roles, roleSet, templates, applications, machines, settings } =
		configuration;
	for (const { key, description } of permissions) {
		const permission = newPermission(state, { key: `org:p${key}:read`, name: `Read ${key}` });
		state.permissions.update(permission, { description });
	}
	const permissionKeys = permissions.map(({ key }) => `org:p${key}:read`);
	for (const { key, description, permissions: held } of roles) {
		const keys = permissionKeys.length === 0 ? [] : held.map((one) => wrap(permissionKeys, one));
		newRole(state, {
			key: `org:r${key}`,
			name: `Role ${key}`,
			description,
			permissions: [...new Set(['org:sys_memberships:read', ...keys])],
		});
	}
	const roleKeys = ['org:admin', 'org:member', ...roles.map(({ key }) => `org:r${key}`)];
	const members = [...new Set(['org:member', ...roleSet.roles.map((one) => wrap(roleKeys, one))])];
	if (roleSet.isInitial) for (const set of state.roleSets.rows) set.type = 'custom';
	newRoleSet(state, {
		key: 'role_set:further',
		name: 'Further',
		type: roleSet.isInitial ? 'initial' : 'custom',
		roles: members.slice(0, 10),
		default_role_key: members[0],
		creator_role_key: members[members.length - 1],
	});
	for (const { key, ...template } of templates) {
		jwtTemplates.make(state, { name: `t${key}`, ...template });
	}
	for (const key of configuration.urls) {
		redirectUrls.make(state, { url: `https://dev.example.com/${key}` });
	}
	const lists = /** @type {const} */ ([
		['allowlist', configuration.allowed],
		['blocklist', configuration.blocked],
	]);
	for (const [name, keys] of lists) {
		for (const key of keys) {
			const identifier = `person${key}@example.com`;
			accessLists[name].make(state, { identifier });
		}
	}
	for (const { key, uris, isPublic } of applications) {
		const redirect_uris = uris.map((uri) => `https://dev.example.com/callback/${uri}`);
		const fields = { name: `App ${key}`, public: isPublic, redirect_uris };
		oauthApplications.make(state, fields);
	}
	const planted = machines.map(({ key, ttl }) =>
		makeMachine(state, { name: `Machine ${key}`, default_token_ttl: ttl }),
	);
	machines.forEach(({ mayCall }, index) => {
		const others = mayCall.map((one) => wrap(planted, one)).filter((one) => one !== planted[index]);
		planted[index].scoped_machines = [...new Set(others.map(({ id }) => id))];
	});
	Object.assign(state.settings.organizations, {
		enabled: settings.enabled,
		max_allowed_memberships: settings.max,
		creator_role: wrap(roleKeys, settings.creator),
	});
	state.settings.communication.blocked_country_codes = settings.countries;
	state.settings.oauth.default_scopes = settings.scopes;
	state.settings.instance.allowed_origins = settings.origins;
	state.settings.protect.rules_enabled = settings.rules;
}

/** @param {Clerk} clerk @param {string} [accessPolicy] */
const credentialOf = (clerk, accessPolicy = 'full') => ({
	secretKey: clerk.liveSecretKey,
	baseUrl: clerk.url,
	accessPolicy,
	rateLimitShare: 100,
});

/** @typedef {Record<string, any>} Row */

/** Returns the rows that the node outputs. @param {Clerk} clerk @param {string[]} [kinds] @returns {Promise<Row[]>} */
async function exportFrom(clerk, kinds) {
	const output = await runNode({
		credential: credentialOf(clerk, 'readOnly'),
		parameters: {
			resource: 'instance',
			operation: 'exportConfiguration',
			kinds: kinds ?? [],
			options: {},
		},
	});
	return output.map(({ json }) => json);
}

/** Returns the report. @param {Clerk} clerk @param {unknown[]} rows one for each input item @param {Row} [values] @returns {Promise<Row[]>} */
async function applyTo(clerk, rows, { accessPolicy, continueOnFail, ...values } = {}) {
	const output = await runNode({
		credential: credentialOf(clerk, accessPolicy),
		continueOnFail,
		parameters: rows.map((configuration) => ({
			resource: 'instance',
			operation: 'applyConfiguration',
			configuration,
			applyConfigurationMode: 'apply',
			extraRecords: 'keep',
			maxChanges: 1000,
			additionalFields: {},
			...values,
			options: { maxRetries: 0, ...values.options },
		})),
		items: rows.map(() => ({ json: {} })),
	});
	return output.map(({ json }) => json);
}

/** Returns the rows of what is due, of a plan. @param {Row[]} report */
const dueIn = (report) =>
	report.filter(({ action, status }) => action !== 'summary' && status === 'planned');

module.exports = { applyTo, dueIn, exportFrom, plant, startInstance };
