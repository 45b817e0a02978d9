'use strict';

const { crud } = require('../crud');
const { badValue, refusal, refuse, taken } = require('../errors');
const { compare } = require('../lists');
const {
	WAITLIST_STATUSES,
	invited,
	newListedIdentifier,
	newWaitlistEntry,
	presentWaitlistEntry,
} = require('../records/accessList');
const { newInvitation } = require('../records/invitation');
const {
	closed,
	email,
	flag,
	listOf,
	nullable,
	oneOf,
	open,
	orderBy,
	text,
} = require('../validation');
const { checkInvitations } = require('./invitationRules');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/accessList').WaitlistRow} WaitlistRow */
/** @typedef {import('../records/accessList').ListedIdentifier} ListedIdentifier */
/** @typedef {Record<string, any>} Body */

const allowlist = crud({
	object: 'allowlist_identifier',
	table: (state) => state.allowlist,
});

const blocklist = crud({
	object: 'blocklist_identifier',
	table: (state) => state.blocklist,
});

const waitlist = crud({
	object: 'waitlist_entry',
	table: (state) => state.waitlist,
	present: presentWaitlistEntry,
});

/** @param {import('../table').Table<ListedIdentifier>} table @param {string} identifier */
function refuseListed(table, identifier) {
	if (identifier === '') refuse(badValue('identifier', 'must not be empty'));
	if (table.where('identifier', identifier).length > 0) refuse(taken('identifier'));
}

/** @param {State} state @param {Body} body */
function allow(state, { identifier, notify }) {
	refuseListed(state.allowlist, identifier);
	const isMail = notify === true && identifier.includes('@') && !identifier.startsWith('*');
	const invitation = isMail
		? state.invitations.insert(newInvitation(state, { email_address: identifier }))
		: undefined;
	return newListedIdentifier(state, 'alid', {
		identifier,
		...(invitation && { invitation_id: invitation.id }),
	});
}

/** @param {State} state @param {Body} body */
function block(state, { identifier }) {
	refuseListed(state.blocklist, identifier);
	return newListedIdentifier(state, 'blid', { identifier });
}

/** Who is on the list already stays there, with what was said then. @param {State} state @param {Body} body */
function wait(state, { email_address: address }) {
	const [known] = state.waitlist.where('email_address', address.toLowerCase());
	const made = known ?? state.waitlist.insert(newWaitlistEntry(state, { email_address: address }));
	return presentWaitlistEntry(made, state);
}

/** @param {State} state @param {Body[]} bodies */
function waitAll(state, bodies) {
	const addresses = bodies.map((body) => body.email_address.toLowerCase());
	if (new Set(addresses).size < addresses.length) {
		refuse(badValue('email_address', 'must not be there twice'));
	}
	return bodies.map((body) => wait(state, body));
}

/** @type {Record<string, (entry: WaitlistRow) => string | number | null>} */
const ORDERS = {
	created_at: (entry) => entry.created_at,
	email_address: (entry) => entry.email_address,
	invited_at: (entry) => entry.invited_at,
};

/** @param {WaitlistRow[]} entries @param {Body} query */
function chosen(entries, { query, status, order_by: by }) {
	const wanted = query?.toLowerCase();
	const keyOf = ORDERS[by.replace(/^[+-]/, '')];
	const direction = by.startsWith('-') ? -1 : 1;
	return entries
		.filter((entry) => status === undefined || entry.status === status)
		.filter(
			(entry) => wanted === undefined || entry.id === query || entry.email_address.includes(wanted),
		)
		.sort((a, b) => (keyOf ? direction * compare(keyOf(a), keyOf(b)) : 0));
}

/** @param {WaitlistRow} entry @param {WaitlistRow['status'][]} allowed */
function requireStatus({ status }, allowed) {
	if (allowed.includes(status)) return;
	throw refusal(409, 'waitlist_entry_conflict', `The waitlist entry is ${status} already.`);
}

const waitingSchema = { email_address: email, notify: nullable(flag) };

/** @type {import('../server').Routes} */
module.exports = {
	'GET /allowlist_identifiers': allowlist.arrayUnlessPaginated(),
	'POST /allowlist_identifiers': allowlist.create(
		closed({ identifier: text, notify: flag }, ['identifier']),
		allow,
	),
	'DELETE /allowlist_identifiers/{identifier_id}': allowlist.delete('identifier_id'),
	'GET /blocklist_identifiers': blocklist.whole(),
	'POST /blocklist_identifiers': blocklist.create(
		closed({ identifier: text }, ['identifier']),
		block,
	),
	'DELETE /blocklist_identifiers/{identifier_id}': blocklist.delete('identifier_id'),
	'GET /waitlist_entries': waitlist.list(
		{
			query: text,
			status: { ...text, ...oneOf(WAITLIST_STATUSES) },
			order_by: orderBy(Object.keys(ORDERS), '-created_at'),
		},
		chosen,
	),
	'POST /waitlist_entries': {
		body: open(waitingSchema, ['email_address']),
		respond: ({ state, body }) => wait(state, body),
	},
	'POST /waitlist_entries/bulk': {
		body: listOf(50, closed(waitingSchema, ['email_address'])),
		respond: ({ state, body }) => waitAll(state, /** @type {any} */ (body)),
	},
	'DELETE /waitlist_entries/{waitlist_entry_id}': waitlist.delete('waitlist_entry_id', (entry) =>
		requireStatus(entry, ['pending']),
	),
	'POST /waitlist_entries/{waitlist_entry_id}/invite': waitlist.update(
		'waitlist_entry_id',
		open({ ignore_existing: nullable(flag) }),
		(body, entry, state) => {
			requireStatus(entry, ['pending', 'rejected', 'invited']);
			const wanted = { ...entry, ignore_existing: body.ignore_existing };
			checkInvitations(state, [wanted], body.ignore_existing ? [] : [wanted]);
			return invited(state, entry);
		},
	),
	'POST /waitlist_entries/{waitlist_entry_id}/reject': waitlist.change(
		'waitlist_entry_id',
		(entry) => {
			requireStatus(entry, ['pending', 'invited']);
			return { status: 'rejected' };
		},
	),
};
