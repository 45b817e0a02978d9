'use strict';

const { badValue, refuse, refuseIf } = require('../errors');
const { newInvitation } = require('../records/invitation');
const { defineResource, together } = require('../resource');
const { invitations, invite } = require('./invitations');

/** @param {string} identifier */
function typeOf(identifier) {
	if (identifier.includes('@')) return 'email_address';
	return identifier.startsWith('+') ? 'phone_number' : 'web3_wallet';
}

/** @type {(table: 'allowlist' | 'blocklist', prefix: string) => Definition} */
const identifiers = (table, prefix) => ({
	path: `/${table}_identifiers`,
	table,
	prefix,
	defaults: (_state, { identifier }) => ({ identifier_type: typeOf(identifier) }),
	unique: ['identifier'],
});

const allowlist = defineResource({
	...identifiers('allowlist', 'alid'),
	fields({ state, body: { identifier, notify } }) {
		const isMail = notify === true && identifier.includes('@') && !identifier.startsWith('*');
		if (!isMail) return { identifier };
		const invitation = newInvitation(state, { email_address: identifier });
		return { identifier, invitation_id: state.invitations.insert(invitation).id };
	},
});

const blocklist = defineResource(identifiers('blocklist', 'blid'));

/** @param {string[]} allowed @returns {(call: Call) => void} */
const requireStatus =
	(...allowed) =>
	({ row: { status } }) =>
		refuseIf(!allowed.includes(status), 'waitlist_entry_conflict', { status });

const ENTRY = '/waitlist_entries/{waitlist_entry_id}';

const waitlist = defineResource({
	path: '/waitlist_entries',
	table: 'waitlist',
	prefix: 'wle',
	search: ['email_address'],
	shown(entry, state) {
		const invitation = state.invitations.get(entry.invitation_id ?? '');
		return invitation ? { invitation: invitations.show(state, invitation) } : {};
	},
	routes: {
		'POST /waitlist_entries': ({ state, body }) => wait(state, body),
		'POST /waitlist_entries/bulk': ({ state, body }) => {
			const bodies = /** @type {Values[]} */ (body);
			const addresses = new Set(bodies.map((one) => one.email_address.toLowerCase()));
			const isTwice = addresses.size < bodies.length;
			refuse(isTwice && badValue('email_address', 'must not be there twice'));
			return bodies.map((one) => wait(state, one));
		},
		[`DELETE ${ENTRY}`]: { check: requireStatus('pending') },
		[`POST ${ENTRY}/invite`]: {
			check: requireStatus('pending', 'rejected', 'invited'),
			respond({ state, row: { email_address }, body: { ignore_existing }, save }) {
				const template_slug = 'waitlist_invitation';
				const [made] = invite(state, [{ email_address, ignore_existing, template_slug }]);
				return save({ status: 'invited', invitation_id: made?.id, invited_at: state.clock() });
			},
		},
		[`POST ${ENTRY}/reject`]: {
			check: requireStatus('pending', 'invited'),
			respond: ({ save }) => save({ status: 'rejected' }),
		},
	},
});

/** An address is on the list once. @param {State} state @param {Values} body @returns {Row} */
function wait(state, body) {
	const email_address = body.email_address.toLowerCase();
	const [known] = state.waitlist.where('email_address', email_address);
	return known ?? waitlist.make(state, { email_address });
}

module.exports = together({ allowlist, blocklist, waitlist });
