'use strict';

const { newMembership } = require('../records/membership');
const { newOrganization } = require('../records/organization');
const { newSession } = require('../records/session');
const { newEmailAddress, newPhoneNumber, newUser } = require('../records/user');
const { plantAccess } = require('./companyAccess');
const { plantExtras } = require('./companyExtras');
const { plantTeams } = require('./companyTeams');

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * @typedef {object} Person
 * @property {string} name
 * @property {number} joined days ago
 * @property {number | null} active days ago; `null` for somebody who never came
 * @property {string[]} [admin] slugs of organizations
 * @property {string[]} [member]
 * @property {string} [phone]
 * @property {string} [username]
 * @property {string} [externalId]
 * @property {boolean} [banned]
 * @property {boolean} [staysSignedIn] on a device that was never signed out of
 * @property {import('../metadata').Metadata} [metadata] public
 */

const ORGANIZATIONS = [
	{ name: 'Harbour Labs', slug: 'harbour-labs', founded: 700, metadata: { plan: 'enterprise' } },
	{ name: 'Pine & Co', slug: 'pine-co', founded: 420, metadata: { plan: 'team' } },
	{ name: 'Blue Kite Studio', slug: 'blue-kite', founded: 150, metadata: {} },
];

const pro = { plan: 'pro', preferences: { theme: 'dark', language: 'en' } };

/** A third has been away for more than 90 days, among them the admins of two organizations. @type {Person[]} */
const PEOPLE = [
	{
		name: 'Ada Berg',
		joined: 690,
		active: 0,
		admin: ['harbour-labs'],
		username: 'ada_berg',
		phone: '+12025550101',
		externalId: 'crm-1001',
		metadata: pro,
	},
	{
		name: 'Bruno Costa',
		joined: 680,
		active: 210,
		admin: ['pine-co'],
		username: 'bruno',
		externalId: 'crm-1002',
		metadata: pro,
	},
	{ name: 'Chidi Okafor', joined: 640, active: 1, member: ['harbour-labs'], phone: '+12025550102' },
	{ name: 'Dana Levi', joined: 610, active: 130, member: ['harbour-labs'], externalId: 'crm-1003' },
	{
		name: 'Elif Yilmaz',
		joined: 580,
		active: 3,
		member: ['harbour-labs', 'blue-kite'],
		username: 'elif_y',
	},
	{ name: 'Farid Haddad', joined: 555, active: 365 },
	{ name: 'Greta Holm', joined: 530, active: 12, member: ['harbour-labs'], metadata: pro },
	{ name: 'Hiro Tanaka', joined: 500, active: null, externalId: 'crm-1004' },
	{ name: 'Ines Moreau', joined: 480, active: 95, admin: ['blue-kite'], staysSignedIn: true },
	{
		name: 'Jonas Weber',
		joined: 455,
		active: 0,
		admin: ['pine-co'],
		member: ['harbour-labs'],
		username: 'jonas',
	},
	{ name: 'Kemi Adeyemi', joined: 430, active: 30, member: ['pine-co'] },
	{ name: 'Liam Byrne', joined: 400, active: 5, banned: true },
	{
		name: 'Mei Chen',
		joined: 370,
		active: 2,
		member: ['pine-co'],
		username: 'mei_chen',
		externalId: 'crm-1005',
	},
	{ name: 'Noor Rahman', joined: 340, active: 180, member: ['pine-co'], phone: '+12025550103' },
	{ name: 'Oskar Lind', joined: 310, active: 160 },
	{
		name: 'Priya Nair',
		joined: 280,
		active: 7,
		member: ['harbour-labs'],
		phone: '+12025550104',
		metadata: pro,
	},
	{ name: 'Quentin Faure', joined: 250, active: 101, staysSignedIn: true },
	{ name: 'Rosa Jimenez', joined: 220, active: 15, member: ['blue-kite'] },
	{ name: 'Sam Whitfield', joined: 190, active: null },
	{ name: 'Tove Dahl', joined: 160, active: 140 },
	{
		name: 'Umar Siddiqui',
		joined: 120,
		active: 1,
		member: ['harbour-labs'],
		externalId: 'crm-1006',
	},
	{ name: 'Vera Novak', joined: 75, active: 20, member: ['blue-kite'] },
	{ name: 'Wes Carter', joined: 30, active: 4 },
	{ name: 'Yara Silva', joined: 3, active: 0, member: ['pine-co'], username: 'yara' },
];

/** @param {State} state @param {number} days */
const daysAgo = (state, days) => state.clock() - days * DAY;

/** @param {State} state @param {Person} person */
function plantUser(state, person) {
	const [first = '', last = ''] = person.name.split(' ');
	const at = daysAgo(state, person.joined);
	const active = person.active === null ? null : daysAgo(state, person.active) - HOUR;
	const user = newUser(state, {
		first_name: first,
		last_name: last,
		username: person.username ?? null,
		external_id: person.externalId ?? null,
		email_addresses: [newEmailAddress(state, `${first}.${last}@example.com`, { at })],
		phone_numbers: person.phone ? [newPhoneNumber(state, person.phone, { at })] : [],
		public_metadata: person.metadata ?? {},
		private_metadata: person.externalId ? { crm: { id: person.externalId } } : {},
		banned: person.banned ?? false,
		last_active_at: active,
		last_sign_in_at: active && active - 2 * HOUR,
		created_at: at,
		updated_at: active ?? at,
	});
	return state.users.insert(user);
}

/** Who came within the week is still signed in; an earlier visit is over for everybody who ever came. @param {State} state @param {UserRow} user @param {Person} person */
function plantSessions(state, user, { staysSignedIn }) {
	const { id: userId, last_active_at: active, last_sign_in_at: signedIn } = user;
	if (active === null || signedIn === null) return;
	const visit = (/** @type {Values} */ fields) =>
		state.sessions.insert(newSession(state, { user_id: userId, ...fields }));
	const earlier = Math.max(user.created_at, signedIn - 10 * DAY);
	visit({ created_at: earlier, last_active_at: earlier + HOUR, status: 'ended' });
	const recent = staysSignedIn || state.clock() - active < 7 * DAY;
	const status = user.banned ? 'revoked' : recent ? 'active' : 'expired';
	visit({ created_at: signedIn, last_active_at: active, status });
}

/** @param {State} state @param {string} userId @param {Person} person */
function plantMemberships(state, userId, person) {
	const join = (/** @type {string} */ role) => (/** @type {string} */ slug) => {
		const [organization] = state.organizations.where('slug', slug);
		if (!organization) return;
		// No membership is older than its organization.
		const at = Math.max(organization.created_at, daysAgo(state, person.joined)) + HOUR;
		const membership = { organization_id: organization.id, user_id: userId, role, created_at: at };
		state.memberships.insert(newMembership(state, membership));
	};
	person.admin?.forEach(join('org:admin'));
	person.member?.forEach(join('org:member'));
}

/** A small company that a person can keep in mind: 24 people in three organizations. @param {State} state */
function plantCompany(state) {
	for (const { name, slug, founded, metadata } of ORGANIZATIONS) {
		const at = daysAgo(state, founded);
		const fields = { name, slug, created_at: at, public_metadata: metadata };
		state.organizations.insert(newOrganization(state, { ...fields, max_allowed_memberships: 50 }));
	}
	for (const person of PEOPLE) {
		const user = plantUser(state, person);
		plantSessions(state, user, person);
		plantMemberships(state, user.id, person);
	}
	plantExtras(state);
	plantTeams(state);
	plantAccess(state);
}

module.exports = { plantCompany };
