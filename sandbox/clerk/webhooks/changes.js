'use strict';

const { waitlist } = require('../resources/accessLists');
const { organizationInvitations } = require('../resources/invitations');
const organizationDomains = require('../resources/organizationDomains');
const memberships = require('../resources/organizationMemberships');
const { organizations } = require('../resources/organizations');
const { sessions } = require('../resources/sessions');
const { permissions, roles } = require('../resources/roles');
const users = require('../resources/users');

/**
 * What happens in the state → events.
 * @typedef {import('../table').Change} Change
 *
 * @typedef {object} Subject
 * @property {string} table
 * @property {(state: State, row: any) => Values} show the record
 * @property {string[]} [statuses] that are events, in place of updates and deletions
 * @property {(row: any) => Values} [remains] what a deletion's event has beside the id, if not the record
 */

/** By the part of the type before the dot. @type {Record<string, Subject>} */
const SUBJECTS = {
	organization: {
		table: 'organizations',
		// With what the API adds only when it is asked to.
		show: (state, row) => ({
			created_by: null,
			pending_invitations_count: state.organizationInvitations
				.where('organization_id', row.id)
				.filter(({ status }) => status === 'pending').length,
			...organizations.show(state, row, undefined, {
				include_members_count: true,
				include_missing_member_with_elevated_permissions: true,
			}),
		}),
		remains: ({ slug }) => ({ slug }),
	},
	organizationDomain: {
		table: 'organizationDomains',
		show: organizationDomains.show,
		remains: () => ({}),
	},
	organizationInvitation: {
		table: 'organizationInvitations',
		show: (state, row) => {
			const shown = organizationInvitations.show(state, row);
			const [user] = state.users.where('email_address', row.email_address);
			return row.status === 'accepted' ? { ...shown, user_id: user?.id ?? null } : shown;
		},
		statuses: ['accepted', 'revoked'],
	},
	organizationMembership: { table: 'memberships', show: memberships.show },
	permission: { table: 'permissions', show: permissions.show, remains: () => ({}) },
	role: { table: 'roles', show: roles.show, remains: ({ key }) => ({ slug: key }) },
	session: {
		table: 'sessions',
		show: (state, row) => {
			const user = state.users.get(row.user_id);
			return {
				actor: null,
				tasks: null,
				...sessions.show(state, row),
				latest_activity: { object: 'session_activity', id: `${row.id}_activity` },
				...(user && { user: users.show(state, user) }),
			};
		},
		statuses: ['ended', 'pending', 'removed', 'revoked'],
	},
	user: { table: 'users', show: users.show, remains: ({ external_id }) => ({ external_id }) },
	waitlistEntry: {
		table: 'waitlist',
		show: (state, row) => ({ invitation: null, ...waitlist.show(state, row) }),
	},
};

/** An event around its record. @type {(state: State, type: string, data: Values) => ClerkEvent} */
const eventOf = ({ clock, instance }, type, data) => ({
	data: JSON.parse(JSON.stringify(data)),
	event_attributes: { http_request: { client_ip: '127.0.0.1', user_agent: 'Simulated Clerk' } },
	instance_id: instance.id,
	object: 'event',
	timestamp: clock(),
	type,
});

/** The record of an event. @type {(state: State, subject: Subject, change: Change, row: any) => Values} */
function dataOf(state, { show, remains }, change, row) {
	const shown = show(state, row);
	if (change !== 'deleted' || !remains) return shown;
	return { object: shown.object, id: row.id, deleted: true, ...remains(row) };
}

/**
 * What happened, as the event's type has it; undefined where Clerk has no event.
 *
 * @type {(subject: Subject, change: Change, row: any, before: any) => string | undefined}
 */
function nameOf({ table, statuses }, change, row, before) {
	if (change === 'deleted' && table === 'waitlist') return undefined;
	if (change === 'created' || !statuses) return change;
	const became = change === 'updated' && before.status !== row.status;
	return became && statuses.includes(row.status) ? row.status : undefined;
}

// Sends an event for every change. Several changes of a record by one request are one event.
/** @param {State} state @param {{ isWatched: () => boolean, send: (event: ClerkEvent) => unknown }} how */
function watch(state, { isWatched, send }) {
	/** @type {Map<string, ClerkEvent>} */
	const pending = new Map();

	const flush = () => {
		const events = [...pending.values()];
		pending.clear();
		for (const event of events) send(event);
	};

	for (const [name, subject] of Object.entries(SUBJECTS)) {
		state[subject.table].observe((change, row, before) => {
			const happened = isWatched() && nameOf(subject, change, row, before);
			if (!happened) return;
			// As it is now: when the event is sent, the record may be gone.
			const data = dataOf(state, subject, change, row);
			if (pending.size === 0) setImmediate(flush);
			const created = `${name}.created ${row.id}`;
			const isNew = happened === 'updated' && pending.has(created);
			const key = isNew ? created : `${name}.${happened} ${row.id}`;
			pending.set(key, eventOf(state, key.split(' ')[0] ?? '', data));
		});
	}
}

module.exports = { SUBJECTS, dataOf, eventOf, watch };
