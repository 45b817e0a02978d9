'use strict';

const { newMembership } = require('../records/membership');
const { newOrganization } = require('../records/organization');
const { newSession } = require('../records/session');
const { newEmailAddress, newPhoneNumber, newUser } = require('../records/user');
const { plantExtras } = require('./companyExtras');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const ORGANIZATIONS = [
	{ name: 'Harbour Labs', slug: 'harbour-labs', founded: 700, metadata: { plan: 'enterprise' } },
	{ name: 'Pine & Co', slug: 'pine-co', founded: 420, metadata: { plan: 'team' } },
	{ name: 'Blue Kite Studio', slug: 'blue-kite', founded: 150, metadata: {} },
];

const pro = { plan: 'pro', preferences: { theme: 'dark', language: 'en' } };

/**
 * Their further fields: `admin` and `member` have slugs of organizations, `stays` is somebody who never
 * signed out of a device, `metadata` is public. A third has been away for more than 90 days, among them
 * the admins of two organizations; who never came was active `null` days ago.
 *
 * @type {[name: string, joinedDaysAgo: number, activeDaysAgo: number | null, further?: Values][]}
 */
const PEOPLE = [
	[
		'Ada Berg',
		690,
		0,
		{
			admin: ['harbour-labs'],
			username: 'ada_berg',
			phone: '+12025550101',
			externalId: 'crm-1001',
			metadata: pro,
		},
	],
	[
		'Bruno Costa',
		680,
		210,
		{ admin: ['pine-co'], username: 'bruno', externalId: 'crm-1002', metadata: pro },
	],
	['Chidi Okafor', 640, 1, { member: ['harbour-labs'], phone: '+12025550102' }],
	['Dana Levi', 610, 130, { member: ['harbour-labs'], externalId: 'crm-1003' }],
	['Elif Yilmaz', 580, 3, { member: ['harbour-labs', 'blue-kite'], username: 'elif_y' }],
	['Farid Haddad', 555, 365],
	['Greta Holm', 530, 12, { member: ['harbour-labs'], metadata: pro }],
	['Hiro Tanaka', 500, null, { externalId: 'crm-1004' }],
	['Ines Moreau', 480, 95, { admin: ['blue-kite'], stays: true }],
	['Jonas Weber', 455, 0, { admin: ['pine-co'], member: ['harbour-labs'], username: 'jonas' }],
	['Kemi Adeyemi', 430, 30, { member: ['pine-co'] }],
	['Liam Byrne', 400, 5, { banned: true }],
	['Mei Chen', 370, 2, { member: ['pine-co'], username: 'mei_chen', externalId: 'crm-1005' }],
	['Noor Rahman', 340, 180, { member: ['pine-co'], phone: '+12025550103' }],
	['Oskar Lind', 310, 160],
	['Priya Nair', 280, 7, { member: ['harbour-labs'], phone: '+12025550104', metadata: pro }],
	['Quentin Faure', 250, 101, { stays: true }],
	['Rosa Jimenez', 220, 15, { member: ['blue-kite'] }],
	['Sam Whitfield', 190, null],
	['Tove Dahl', 160, 140],
	['Umar Siddiqui', 120, 1, { member: ['harbour-labs'], externalId: 'crm-1006' }],
	['Vera Novak', 75, 20, { member: ['blue-kite'] }],
	['Wes Carter', 30, 4],
	['Yara Silva', 3, 0, { member: ['pine-co'], username: 'yara' }],
];

/** @param {State} state @param {number} days */
const daysAgo = (state, days) => state.clock() - days * DAY;

/** @param {State} state @param {typeof PEOPLE[number]} person */
function plantUser(state, [name, joined, away, further = {}]) {
	const [first = '', last = ''] = name.split(' ');
	const at = daysAgo(state, joined);
	const active = away === null ? null : daysAgo(state, away) - HOUR;
	const { phone, externalId = null, username = null, metadata = {}, banned = false } = further;
	const user = newUser(state, {
		first_name: first,
		last_name: last,
		username,
		external_id: externalId,
		email_addresses: [newEmailAddress(state, `${first}.${last}@example.com`, { at })],
		phone_numbers: phone ? [newPhoneNumber(state, phone, { at })] : [],
		public_metadata: metadata,
		private_metadata: externalId ? { crm: { id: externalId } } : {},
		banned,
		last_active_at: active,
		last_sign_in_at: active && active - 2 * HOUR,
		created_at: at,
		updated_at: active ?? at,
	});
	return state.users.insert(user);
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
function plantMemberships(state, { id: user_id, created_at: joined }, role, slugs = []) {
	for (const { id: organization_id, created_at: founded } of slugs.flatMap((slug) => [
		...state.organizations.where('slug', slug),
	])) {
		const ids = { organization_id, user_id };
		const created_at = Math.max(founded, joined) + HOUR;
		state.memberships.insert(newMembership(state, { ...ids, role, created_at }));
	}
}

/** A small company that a person can keep in mind: 24 people in three organizations. @param {State} state */
function plantCompany(state) {
	for (const { name, slug, founded, metadata } of ORGANIZATIONS) {
		const at = daysAgo(state, founded);
		const fields = { name, slug, created_at: at, public_metadata: metadata };
		state.organizations.insert(newOrganization(state, { ...fields, max_allowed_memberships: 50 }));
	}
	for (const person of PEOPLE) {
		const { admin, member, stays = false } = person[3] ?? {};
		const user = plantUser(state, person);
		plantSessions(state, user, stays);
		plantMemberships(state, user, 'org:admin', admin);
		plantMemberships(state, user, 'org:member', member);
	}
	plantExtras(state);
}

module.exports = { plantCompany };
