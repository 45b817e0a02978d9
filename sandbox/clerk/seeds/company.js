'use strict';

const { hexId } = require('../ids');
const { newExternalAccount, newPasskey } = require('../records/credentials');
const { newInvitation, newOrganizationInvitation } = require('../records/invitation');
const { newMembership } = require('../records/membership');
const { newOrganization } = require('../records/organization');
const { newSession } = require('../records/session');
const { newEmailAddress, newPhoneNumber, newUser, newWeb3Wallet } = require('../records/user');
const { allowlist, blocklist, waitlist } = require('../resources/accessLists');
const billing = require('../resources/billing');
const { directories, mappings } = require('../resources/directories');
const { domains, redirectUrls } = require('../resources/domains');
const { makeConnection, testRuns } = require('../resources/enterpriseConnections');
const machines = require('../resources/machines');
const oauthApplications = require('../resources/oauthApplications');
const organizationDomains = require('../resources/organizationDomains');
const { newPermission, newRole, newRoleSet } = require('../resources/roles');
const { signUps } = require('../resources/signIn');
const { jwtTemplates } = require('../resources/templates');
const trustedDevices = require('../resources/trustedDevices');
const { newRow } = require('../table');
const company = require('./company.json');

/**
 * A small company that a person can keep in mind: 24 people in three organizations, and one of everything
 * that Clerk has. The rows are in `company.json`, in the order in which they are made: `90 days ago` is a
 * time, and `@users ada.berg@example.com` the id of a row that has this in a field.
 */

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
	const { rows } = /** @type {Record<string, any>} */ (state)[name];
	return rows.find((/** @type {Row} */ row) => NAMES.some((field) => row[field] === wanted)).id;
}

/** A row of the file, with the times and the ids that it means. @param {State} state @param {any} value @returns {any} */
function resolved(state, value) {
	if (typeof value === 'string') return meant(state, value);
	if (Array.isArray(value)) return value.map((one) => resolved(state, one));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [name, resolved(state, one)]),
	);
}

/**
 * A user, with what follows from when they joined and were active last: `admin` and `member` have slugs of
 * organizations, `stays` is somebody who never signed out of a device. A third has been away for more than
 * 90 days, among them the admins of two organizations; who never came was active `null` days ago.
 *
 * @param {State} state
 * @param {Values} person
 */
function plantPerson(state, person) {
	const { name, joined, active, admin = [], member = [], stays, ...has } = person;
	const { google, passkeys = [], phone, wallet, ...own } = has;
	const [first_name = '', last_name = ''] = name.split(' ');
	const at = state.clock() - joined * DAY;
	const last_active_at = active === null ? null : state.clock() - active * DAY - HOUR;
	const email_address = `${first_name}.${last_name}@example.com`;
	const names = { first_name, last_name };
	const account =
		google &&
		newExternalAccount(state, {
			...names,
			provider: 'oauth_google',
			email_address: email_address.toLowerCase(),
			created_at: at,
		});
	const link = account && { type: account.provider, id: account.identification_id };
	const email = newEmailAddress(state, email_address, { at });
	const user = newUser(state, {
		...own,
		...names,
		email_addresses: [link ? { ...email, linked_to: [link] } : email],
		phone_numbers: phone ? [newPhoneNumber(state, phone, { at })] : [],
		web3_wallets: wallet ? [newWeb3Wallet(state, wallet, { at })] : [],
		passkeys: passkeys.map((/** @type {[string, number]} */ [of, used]) =>
			newPasskey(state, of, used),
		),
		external_accounts: account ? [account] : [],
		private_metadata: own.external_id ? { crm: { id: own.external_id } } : {},
		last_active_at,
		last_sign_in_at: last_active_at && last_active_at - 2 * HOUR,
		created_at: at,
		updated_at: last_active_at ?? at,
	});
	state.users.insert(user);
	plantSessions(state, user, stays);
	plantMemberships(state, user, 'org:admin', admin);
	plantMemberships(state, user, 'org:member', member);
}

/** Who came within the week is still signed in; an earlier visit is over for everybody who ever came. @param {State} state @param {UserRow} user @param {boolean} stays */
function plantSessions(state, user, stays) {
	const { id: userId, last_active_at: active, last_sign_in_at: signedIn } = user;
	if (active === null || signedIn === null) return;
	const visit = (/** @type {Values} */ fields) =>
		state.sessions.insert(newSession(state, { user_id: userId, ...fields }));
	const earlier = Math.max(user.created_at, signedIn - 10 * DAY);
	visit({ created_at: earlier, last_active_at: earlier + HOUR, status: 'ended' });
	const recent = stays || state.clock() - active < 7 * DAY;
	const status = user.banned ? 'revoked' : recent ? 'active' : 'expired';
	visit({ created_at: signedIn, last_active_at: active, status });
}

/** No membership is older than its organization. @param {State} state @param {UserRow} user @param {string} role @param {string[]} slugs */
function plantMemberships(state, { id: user_id, created_at: joined }, role, slugs) {
	for (const slug of slugs) {
		const { id: organization_id, created_at: founded } = state.organizations.where('slug', slug)[0];
		const created_at = Math.max(founded, joined) + HOUR;
		const fields = { organization_id, user_id, role, created_at };
		state.memberships.insert(newMembership(state, fields));
	}
}

/** How the rows of each list are made. @type {Record<keyof typeof company, (state: State, fields: any) => unknown>} */
const MAKERS = {
	permissions: newPermission,
	roles: newRole,
	roleSets: newRoleSet,
	organizations: (state, fields) => state.organizations.insert(newOrganization(state, fields)),
	people: plantPerson,
	invitations: (state, fields) => state.invitations.insert(newInvitation(state, fields)),
	organizationInvitations: (state, fields) =>
		state.organizationInvitations.insert(newOrganizationInvitation(state, fields)),
	trustedDevices: trustedDevices.make,
	plans: billing.plantPlan,
	prices: billing.prices.make,
	subscriptions: billing.items.make,
	enterpriseConnections: makeConnection,
	testRuns: testRuns.make,
	directories: directories.make,
	groupRoleMappings: mappings.make,
	organizationDomains: organizationDomains.make,
	machines: machines.make,
	m2mTokens: machines.m2mTokens.make,
	apiKeys: machines.apiKeys.make,
	jwtTemplates: jwtTemplates.make,
	oauthApplications: oauthApplications.make,
	oauthTokens: (state, fields) =>
		state.oauthTokens.insert({ ...newRow(state, 'oat', fields), id: hexId(state, 'oat') }),
	allowlist: allowlist.make,
	blocklist: blocklist.make,
	waitlist: waitlist.make,
	redirectUrls: redirectUrls.make,
	domains: domains.make,
	signUps: signUps.make,
};

/** @param {State} state */
function plantCompany(state) {
	for (const [name, make] of Object.entries(MAKERS)) {
		const rows = company[/** @type {keyof typeof company} */ (name)];
		for (const row of rows) make(state, resolved(state, row));
	}
}

module.exports = { plantCompany };
