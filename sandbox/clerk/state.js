'use strict';

const { createIds } = require('./ids');
const { newSettings } = require('./resources/instance');
const { jwtTemplates } = require('./resources/templates');
const instanceRows = require('./seeds/instance.json');
const { plantRows } = require('./seeds/rows');
const { Table } = require('./table');

/** The tables, and the fields by which their rows are looked up quickly, beside their id. */
const TABLES = {
	actorTokens: [],
	adminPortalLinkTokens: [],
	agentTasks: [],
	allowlist: [],
	apiKeys: [],
	billingPlans: [],
	billingPrices: [],
	blocklist: [],
	creditLedger: [],
	directories: [],
	domains: [],
	enterpriseConnections: [],
	groupRoleMappings: [],
	images: [],
	invitations: ['email_address'],
	jwtTemplates: [],
	m2mTokens: [],
	machines: [],
	memberships: ['organization_id', 'user_id'],
	messageTemplates: [],
	oauthApplications: [],
	oauthTokens: [],
	organizationDomains: [],
	organizationInvitations: ['organization_id', 'email_address'],
	organizations: ['slug'],
	permissions: ['key'],
	redirectUrls: [],
	roles: ['key'],
	roleSets: ['key'],
	sessions: ['user_id', 'client_id'],
	signInTokens: [],
	signUps: [],
	subscriptions: [],
	testRuns: [],
	trustedDevices: [],
	verifications: [],
	waitlist: [],
};

/**
 * @typedef {object} Instance the tables of one Clerk instance, and what is set for it
 * @property {() => number} clock
 * @property {(prefix: string, at?: number) => string} newId
 * @property {{ id: string, environmentType: 'development' | 'staging' | 'production', passwordRequired: boolean, jwtTemplates: string[] }} instance
 * @property {Record<string, Values>} settings in the groups that the API has a route for
 * @property {Table<UserRow>} users
 */

/** @typedef {Instance & Record<keyof typeof TABLES, Table<any>>} State */

/** @param {readonly string[]} fields @returns {Record<string, (row: any) => any[]>} */
const indexes = (fields) =>
	Object.fromEntries(
		fields.map((field) => [field, (/** @type {Row} */ row) => [row[field] ?? null]]),
	);

/** @param {'email_addresses' | 'phone_numbers' | 'web3_wallets'} list @param {string} field */
const inList = (list, field) => (/** @type {Row} */ user) =>
	user[list].map((/** @type {Row} */ entry) => entry[field] ?? null);

/**
 * A new instance, with what every instance begins with.
 *
 * @param {{ clock: () => number, instance?: Partial<Instance['instance']> }} options
 * @returns {State}
 */
function createState({ clock, instance }) {
	const tables = Object.entries(TABLES).map(([name, fields]) => [name, new Table(indexes(fields))]);
	const state = /** @type {State} */ ({
		...Object.fromEntries(tables),
		clock,
		newId: createIds(clock),
		instance: {
			id: 'ins_sandbox',
			environmentType: 'development',
			passwordRequired: true,
			jwtTemplates: ['supabase'],
			...instance,
		},
		users: new Table({
			...indexes(['external_id']),
			email_address: inList('email_addresses', 'email_address'),
			phone_number: inList('phone_numbers', 'phone_number'),
			web3_wallet: inList('web3_wallets', 'web3_wallet'),
			username: (/** @type {any} */ user) => [user.username?.toLowerCase() ?? null],
		}),
		settings: newSettings(),
	});
	plantRows(state, instanceRows);
	for (const name of state.instance.jwtTemplates) {
		jwtTemplates.make(state, { name, claims: { aud: name } });
	}
	return state;
}

module.exports = { createState };
