'use strict';

const { createIds } = require('./ids');
const { makers } = require('./resources/list');
const { jwtTemplates } = require('./resources/templates');
const instanceRows = require('./seeds/instance.json');
const settings = require('./seeds/settings.json');
const { plantRows } = require('./seeds');
const { Table, defaultsOf } = require('./table');

/** Beside the tables of the resources. */
const FURTHER_TABLES = ['creditLedger', 'discounts', 'images', 'verifications'];

/** Fields that rows of large tables are looked up by, beside their id. @type {Record<string, string[]>} */
const INDEXES = {
	invitations: ['email_address'],
	memberships: ['organization_id', 'user_id'],
	organizationInvitations: ['organization_id', 'email_address'],
	organizations: ['slug'],
	sessions: ['user_id', 'client_id'],
};

/**
 * @typedef {object} Instance the tables of one Clerk instance, and what is set for it
 * @property {() => number} clock
 * @property {(prefix: string, at?: number) => string} newId
 * @property {InstanceSettings} instance
 * @property {Record<string, Values>} settings in the groups that the API has a route for
 * @property {Table<UserRow>} users
 *
 * @typedef {'development' | 'staging' | 'production'} Environment
 * @typedef {{ id: string, environmentType: Environment, passwordRequired: boolean, jwtTemplates: string[] }}
 *   InstanceSettings
 * @typedef {Instance & { [table: string]: Table<any> }} State
 */

/** @param {readonly string[]} fields @returns {Record<string, (row: any) => any[]>} */
const indexes = (fields) =>
	Object.fromEntries(fields.map((field) => [field, (row) => [row[field] ?? null]]));

/** @param {string} list @param {string} field */
const inList = (list, field) => (/** @type {Row} */ user) =>
	user[list].map((/** @type {Entry} */ entry) => entry[field] ?? null);

/**
 * A new instance, with what every instance begins with.
 *
 * @type {(options: { clock: () => number, instance?: Partial<Instance['instance']> }) => State}
 */
function createState({ clock, instance }) {
	const tables = [...Object.keys(makers), ...FURTHER_TABLES];
	/** @type {State} */
	const state = /** @type {any} */ ({
		...Object.fromEntries(tables.map((name) => [name, new Table(indexes(INDEXES[name] ?? []))])),
		clock,
		newId: createIds(clock),
		instance: { ...defaultsOf('instance'), ...instance },
		users: new Table({
			...indexes(['external_id']),
			email_address: inList('email_addresses', 'email_address'),
			phone_number: inList('phone_numbers', 'phone_number'),
			web3_wallet: inList('web3_wallets', 'web3_wallet'),
			username: (/** @type {any} */ user) => [user.username?.toLowerCase() ?? null],
		}),
		settings: structuredClone(settings),
	});
	plantRows(state, instanceRows);
	for (const aud of state.instance.jwtTemplates)
		jwtTemplates.make(state, { name: aud, claims: { aud } });
	return state;
}

module.exports = { createState };
