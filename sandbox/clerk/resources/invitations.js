'use strict';

const { notFound, refusal } = require('../errors');
const { inOrder, walk, withTotal } = require('../lists');
const { newInvitation, presentInvitation, statusOf } = require('../records/invitation');
const { described } = require('../schemas');
const { checkInvitations } = require('./invitationRules');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/invitation').InvitationRow} InvitationRow */
/** @typedef {Record<string, any>} Body of one invitation */

/** @type {Record<string, (invitation: InvitationRow) => string | number>} */
const ORDERS = {
	email_address: (invitation) => invitation.email_address,
	expires_at: (invitation) => invitation.expires_at,
};

/** @param {State} state @param {Body} body */
function create(state, body) {
	const invitation = newInvitation(state, {
		email_address: body.email_address,
		expires_in_days: body.expires_in_days,
		public_metadata: body.public_metadata ?? {},
		redirect_url: body.redirect_url ?? null,
		notify: body.notify ?? true,
		template_slug: body.template_slug ?? 'invitation',
	});
	return presentInvitation(state, state.invitations.insert(invitation));
}

/** Those that were revoked are listed to who asks for them only. @param {State} state @param {Record<string, any>} query */
function list(state, { status, query, order_by: by }) {
	const wanted = query?.toLowerCase();
	return [...walk(inOrder(state.invitations, by, ORDERS))].filter((invitation) => {
		const is = statusOf(state, invitation);
		if (status === undefined ? is === 'revoked' : is !== status) return false;
		return (
			wanted === undefined || invitation.id === query || invitation.email_address.includes(wanted)
		);
	});
}

/** @param {State} state @param {string} id */
function revoke(state, id) {
	const invitation = state.invitations.get(id);
	if (!invitation) throw notFound('invitation', id);
	const status = statusOf(state, invitation);
	if (status === 'accepted' || status === 'revoked') {
		const message = `The invitation has already been ${status}.`;
		throw refusal(400, `invitation_already_${status}`, message);
	}
	const changes = { status: /** @type {const} */ ('revoked'), updated_at: state.clock() };
	return presentInvitation(state, state.invitations.update(invitation, changes));
}

/** Of any status. @param {State} state @param {string} id */
function erase(state, id) {
	const invitation = state.invitations.get(id);
	if (!invitation) throw notFound('invitation', id);
	state.invitations.remove(invitation);
	return { object: 'invitation', id, deleted: true };
}

module.exports = described({
	'GET /invitations': ({ state, query }) => {
		const page = withTotal(list(state, query), query, (one) => presentInvitation(state, one));
		return query.paginated ? page : page.data;
	},
	'POST /invitations': {
		hourly: 'invitations',
		respond: ({ state, body }) => {
			checkInvitations(state, [body], body.ignore_existing ? [] : [body]);
			return create(state, body);
		},
	},
	'POST /invitations/bulk': {
		hourly: 'invitationsBulk',
		respond: ({ state, body }) => {
			const bodies = /** @type {Body[]} */ (body);
			// Here even ignore_existing does not get past somebody who has signed up.
			checkInvitations(state, bodies, bodies);
			return bodies.map((one) => create(state, one));
		},
	},
	'DELETE /invitations/{invitation_id}': ({ state, params }) => erase(state, params.invitation_id),
	'POST /invitations/{invitation_id}/revoke': ({ state, params }) =>
		revoke(state, params.invitation_id),
});
