'use strict';

const { newInvitation, newOrganizationInvitation } = require('../records/invitation');
const { newOrganization } = require('../records/organization');
const { plantPlan } = require('../resources/billing');
const { makeConnection } = require('../resources/enterpriseConnections');
const { makers } = require('../resources/list');
const { mapValues } = require('../values');
const company = require('./company.json');
const { plantCrowd } = require('./crowd');
const { plantPerson } = require('./people');

/** Rows from a file, in its order: `2 days ago` is a time, `@users ada.berg@example.com` the id of a row. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const UNITS = /** @type {Record<string, number>} */ ({ hour: HOUR, day: DAY });

/** By one of these a row is named. */
const NAMES = ['slug', 'key', 'name', 'plan_id'];

/** @param {State} state @param {string} text @returns {unknown} what it says, when that is a time or a row */
function meant(state, text) {
	const [, count, unit = '', side] = /^(\d+) (hour|day)s? (ago|from now)$/.exec(text) ?? [];
	if (count !== undefined) {
		return state.clock() + (side === 'ago' ? -1 : 1) * Number(count) * Number(UNITS[unit]);
	}
	const [, name = '', wanted = ''] = /^@(\w+) (.+)$/.exec(text) ?? [];
	if (name === '') return text;
	if (name === 'users') return state.users.where('email_address', wanted)[0]?.id;
	return state[name].rows.find((row) => NAMES.some((field) => row[field] === wanted)).id;
}

/** With the times and the ids that it means. @type {(state: State, value: any) => any} */
function resolved(state, value) {
	if (typeof value === 'string') return meant(state, value);
	if (Array.isArray(value)) return value.map((one) => resolved(state, one));
	if (typeof value !== 'object' || value === null) return value;
	return mapValues(value, (one) => resolved(state, one));
}

/** Where a resource does not make its rows. @type {Record<string, (state: State, fields: any) => unknown>} */
const MAKERS = {
	// Made in the dashboard: no route of the API lists or creates one.
	discounts: (state, fields) => state.discounts.insert(fields),
	enterpriseConnections: makeConnection,
	invitations: (state, fields) => state.invitations.insert(newInvitation(state, fields)),
	organizationInvitations: (state, fields) =>
		state.organizationInvitations.insert(newOrganizationInvitation(state, fields)),
	organizations: (state, fields) => state.organizations.insert(newOrganization(state, fields)),
	people: plantPerson,
	plans: plantPlan,
};

// Of a file, which has rows by the name of their table, but for `people` and `plans`.
/** @param {State} state @param {Record<string, Values[]>} file */
function plantRows(state, file) {
	for (const [name, rows] of Object.entries(file)) {
		const make = MAKERS[name] ?? makers[name];
		if (!make) throw new TypeError(`There are no rows of ${name}`);
		for (const row of rows) make(state, resolved(state, row));
	}
}

/** @typedef {'company' | 'empty' | { users: number }} Seed */

// `company` is small enough to keep in mind: 24 people in 3 organizations, and one of everything Clerk has.
/** @param {State} state @param {Seed} seed */
function plant(state, seed) {
	if (seed === 'company') plantRows(state, company);
	else if (seed !== 'empty') plantCrowd(state, seed.users);
}

module.exports = { plant, plantRows, resolved };
