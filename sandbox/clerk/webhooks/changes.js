'use strict';

const { presentMembership } = require('../records/membership');
const { presentOrganization } = require('../records/organization');
const { presentOrganizationInvitation } = require('../records/organizationInvitation');
const { presentRole } = require('../records/role');
const { presentSession } = require('../records/session');
const { presentUser } = require('../records/user');
const { waitlist } = require('../resources/accessLists');
const organizationDomains = require('../resources/organizationDomains');
const { eventOf } = require('./event');

/** What happens in the state → events. */

/**
 * @typedef {'created' | 'updated' | 'deleted'} Change
 *
 * @typedef {object} Subject
 * @property {import('../table').Table<any>} table
 * @property {(row: any) => any} present
 * @property {(change: Change, row: any, before: any) => string | undefined} nameOf what happened, as the event's type has it
 * @property {(row: any) => Record<string, unknown>} [remains] what the event of a deletion says beside the id
 */

/** Of an organization, what the API adds only when it is asked to. */
const EVERYTHING = {
	include_members_count: true,
	include_missing_member_with_elevated_permissions: true,
};

/** @param {Change} change */
const plain = (change) => change;

/** @param {string[]} statuses those that are events @returns {Subject['nameOf']} */
const byStatus =
	(...statuses) =>
	(change, row, before) => {
		if (change === 'created') return change;
		const became = change === 'updated' && before.status !== row.status;
		return became && statuses.includes(row.status) ? row.status : undefined;
	};

/** @param {State} state @returns {Record<string, Subject>} by the part of the type before the dot */
const subjectsOf = (state) => ({
	organization: {
		table: state.organizations,
		present: (row) => ({
			created_by: null,
			pending_invitations_count: state.organizationInvitations
				.where('organization_id', row.id)
				.filter(({ status }) => status === 'pending').length,
			...presentOrganization(state, row, EVERYTHING),
		}),
		nameOf: plain,
		remains: ({ slug }) => ({ slug }),
	},
	organizationDomain: {
		table: state.organizationDomains,
		present: (row) => organizationDomains.show(state, row),
		nameOf: plain,
		remains: () => ({}),
	},
	organizationInvitation: {
		table: state.organizationInvitations,
		present: (row) => {
			const shown = presentOrganizationInvitation(state, row);
			const [user] = state.users.where('email_address', row.email_address);
			return row.status === 'accepted' ? { ...shown, user_id: user?.id ?? null } : shown;
		},
		nameOf: byStatus('accepted', 'revoked'),
	},
	organizationMembership: {
		table: state.memberships,
		present: (row) => presentMembership(state, row),
		nameOf: plain,
	},
	permission: {
		table: state.permissions,
		present: (row) => ({ object: 'permission', ...row }),
		nameOf: plain,
		remains: () => ({}),
	},
	role: {
		table: state.roles,
		present: (row) => presentRole(state, row),
		nameOf: plain,
		remains: ({ key }) => ({ slug: key }),
	},
	session: {
		table: state.sessions,
		present: (row) => {
			const user = state.users.get(row.user_id);
			const latest_activity = { object: 'session_activity', id: `${row.id}_activity` };
			return { ...presentSession(row), latest_activity, ...(user && { user: presentUser(user) }) };
		},
		nameOf: byStatus('ended', 'pending', 'removed', 'revoked'),
	},
	user: {
		table: state.users,
		present: presentUser,
		nameOf: plain,
		remains: ({ external_id }) => ({ external_id }),
	},
	waitlistEntry: {
		table: state.waitlist,
		present: (row) => ({ invitation: null, ...waitlist.show(state, row) }),
		nameOf: (change) => (change === 'deleted' ? undefined : change),
	},
});

/** @param {Subject} subject @param {Change} change @param {any} row */
function dataOf({ present, remains }, change, row) {
	if (change !== 'deleted' || !remains) return present(row);
	const { object } = present(row);
	return { object, id: row.id, deleted: true, ...remains(row) };
}

/**
 * Sends an event for every change. Several changes of a record by one request are one event.
 *
 * @param {State} state
 * @param {{ isWatched: () => boolean, send: (event: import('.').ClerkEvent) => unknown }} how
 */
function watch(state, { isWatched, send }) {
	/** @type {Map<string, import('.').ClerkEvent>} */
	const pending = new Map();

	const flush = () => {
		const events = [...pending.values()];
		pending.clear();
		for (const event of events) send(event);
	};

	for (const [name, subject] of Object.entries(subjectsOf(state))) {
		subject.table.observe((change, row, before) => {
			if (!isWatched()) return;
			const happened = subject.nameOf(change, row, before);
			if (!happened) return;
			// As it is now: when the event is sent, the record may be gone.
			const data = dataOf(subject, change, row);
			if (pending.size === 0) setImmediate(flush);
			const created = `${name}.created ${row.id}`;
			const key =
				happened === 'updated' && pending.has(created) ? created : `${name}.${happened} ${row.id}`;
			pending.set(key, eventOf(key.split(' ')[0], data, state.clock()));
		});
	}
}

module.exports = { dataOf, subjectsOf, watch };
