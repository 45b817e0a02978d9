'use strict';

const { newMembership } = require('../../sandbox/clerk/records/membership');
const { newOrganization } = require('../../sandbox/clerk/records/organization');
const { plantCrowd } = require('../../sandbox/clerk/seeds/crowd');

/** The two main uses at full size: an instance with many users, a Clerk that has a bad day, and a record of the changes. */

/** @typedef {import('../../sandbox/clerk').Clerk} Clerk */
/** @typedef {{ email: string, role: string }} Wanted */

const DAY = 86_400_000;

const SLUG = 'everyone';

/**
 * Users of whom some, spread over all of them, were away for more than 90 days.
 *
 * @param {Clerk} clerk
 * @param {{ users: number, inactive: number }} sizes
 * @returns {string[]} the ids of those who were away
 */
function plantUsers({ state }, { users, inactive }) {
	plantCrowd(state, users);
	const each = users / inactive;
	const away = new Set(Array.from({ length: inactive }, (_, at) => Math.floor(at * each)));
	for (const [number, user] of state.users.rows.entries()) {
		const days = away.has(number) ? 91 + (number % 300) : number % 60;
		const there = state.clock() - days * DAY;
		Object.assign(user, { last_active_at: there, last_sign_in_at: there });
	}
	return state.users.rows.filter((_, number) => away.has(number)).map(({ id }) => id);
}

/**
 * An organization, and the list of its wanted members. The two differ in as many members as is
 * asked for: two of five are missing, two are too many, and one has another role.
 *
 * @param {Clerk} clerk
 * @param {{ members: number, differences: number }} sizes
 * @returns {Wanted[]}
 */
function plantMembers({ state }, { members, differences }) {
	const missing = Math.floor((differences * 2) / 5);
	const others = differences - 2 * missing;
	const { id } = state.organizations.insert(
		newOrganization(state, { name: SLUG, slug: SLUG, max_allowed_memberships: members + missing }),
	);
	plantCrowd(state, members + missing);
	return state.users.rows.flatMap((user, number) => {
		const role = number === 0 ? 'org:admin' : 'org:member';
		if (number < members) {
			const row = { organization_id: id, user_id: user.id, role };
			state.memberships.insert(newMembership(state, row));
		}
		const isTooMany = number >= members - missing && number < members;
		const isOther = number > 0 && number <= others;
		return isTooMany ? [] : [{ email: emailOf(user), role: isOther ? 'org:admin' : role }];
	});
}

/** @param {any} user */
const emailOf = (user) => String(user?.email_addresses[0].email_address);

/** Who is a member, with which role, as the list says it. @param {Clerk} clerk @returns {Wanted[]} */
const membersIn = ({ state }) =>
	state.memberships.rows.map(({ user_id: userId, role }) => ({
		email: emailOf(state.users.get(userId)),
		role,
	}));

/**
 * A bad day of Clerk's, until it is cleared: statuses 500, 502 and 503, connections that break before
 * and after a request was carried out, responses that are cut short, and late ones. Each comes in a
 * rhythm of its own, so that pages and writes are hit at ever other places.
 *
 * @param {Clerk} clerk
 */
function addTrouble({ addFault }) {
	const times = Infinity;
	addFault({ kind: 'status', status: 500, every: 19, times });
	addFault({ kind: 'status', status: 502, every: 23, times });
	addFault({ kind: 'status', status: 503, every: 29, times });
	addFault({ kind: 'reset', every: 31, times });
	addFault({ kind: 'reset', when: 'after', every: 17, times });
	addFault({ kind: 'truncate', every: 37, times });
	addFault({ kind: 'delay', ms: 500, every: 13, times });
}

/**
 * Records what changes from now on, a line for each change of a row, however often it was requested.
 * Replaces the webhooks, which observe the same tables.
 *
 * @param {Clerk} clerk
 * @returns {string[]} such as `user user_1 banned`
 */
function changesIn({ state }) {
	/** @type {string[]} */
	const changes = [];
	/** @type {(name: string, table: import('../../sandbox/clerk/table').Table<any>, idOf: (row: any) => string, fields: string[]) => void} */
	const watch = (name, table, idOf, fields) =>
		table.observe((change, row, before) => {
			if (change !== 'updated') changes.push(`${name} ${idOf(row)} ${change}`);
			for (const field of before ? fields : []) {
				const isSame = JSON.stringify(before[field]) === JSON.stringify(row[field]);
				if (!isSame) changes.push(`${name} ${idOf(row)} ${field}`);
			}
		});
	const user = ['banned', 'locked', 'private_metadata', 'public_metadata', 'external_id'];
	watch('user', state.users, ({ id }) => id, user);
	const membership = ['role', 'private_metadata', 'public_metadata'];
	const who = (/** @type {{ organization_id: string, user_id: string }} */ row) =>
		`${row.organization_id} ${row.user_id}`;
	watch('member', state.memberships, who, membership);
	watch('session', state.sessions, ({ id }) => id, ['status']);
	return changes;
}

/** What was asked of the API. @param {Clerk} clerk @param {number} [from] how many requests there had been */
function countsOf({ requests }, from = 0) {
	const sent = requests.slice(from);
	const reads = sent.filter(({ method }) => method === 'GET');
	const hasFault = (/** @type {import('../../sandbox/clerk/requests').LoggedRequest} */ one) =>
		one.fault !== undefined && one.fault !== 'delay';
	return {
		succeededReads: reads.filter((one) => one.status === 200 && !hasFault(one)).length,
		/** Whether a user has become a member, where no response said so. */
		checks: reads.filter(({ path, query }) => path.endsWith('/memberships') && query.user_id)
			.length,
		writes: sent.length - reads.length,
		faults: sent.filter(hasFault).length,
	};
}

/** Bans inactive users. @param {{ users: number }} sizes */
const cleanUpForm = ({ users }) => ({
	resource: 'user',
	operation: 'cleanUp',
	inactiveBy: 'activity',
	inactiveDays: 90,
	neverActive: 'leaveOut',
	measure: 'ban',
	graceDays: 0,
	maxUsers: users,
	maxPercent: 100,
	cleanUpMode: 'apply',
});

/** Every item of the input is a wanted member. */
const syncForm = {
	resource: 'organizationMembership',
	operation: 'sync',
	organizationId: { __rl: true, mode: 'slug', value: SLUG },
	matchBy: 'emailAddress',
	matchValue: '={{ $json.email }}',
	role: { __rl: true, mode: 'id', value: '={{ $json.role }}' },
	otherMembers: 'remove',
	maxRemovals: 100,
	maxPercent: 50,
	syncMode: 'apply',
};

module.exports = {
	addTrouble,
	changesIn,
	cleanUpForm,
	countsOf,
	membersIn,
	plantMembers,
	plantUsers,
	syncForm,
};
