'use strict';

const { refusal } = require('../errors');
const { newInvitation, presentInvitation, statusOf } = require('../records/invitation');
const { defineResource } = require('../resource');
const { checkInvitations } = require('./invitationRules');

/** @param {State} state @param {Values} body */
const create = (state, body) =>
	state.invitations.insert(
		newInvitation(state, {
			email_address: body.email_address,
			expires_in_days: body.expires_in_days,
			public_metadata: body.public_metadata ?? {},
			redirect_url: body.redirect_url ?? null,
			notify: body.notify ?? true,
			template_slug: body.template_slug ?? 'invitation',
		}),
	);

module.exports = defineResource({
	path: '/invitations',
	table: 'invitations',
	search: ['email_address'],
	shown: (invitation, state) => presentInvitation(state, invitation),
	filters: {
		// Those that were revoked are listed to who asks for them only.
		status(invitation, wanted, state) {
			const status = statusOf(state, invitation);
			return wanted === undefined ? status !== 'revoked' : status === wanted;
		},
	},
	routes: {
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
				const bodies = /** @type {Values[]} */ (body);
				// Here even ignore_existing does not get past somebody who has signed up.
				checkInvitations(state, bodies, bodies);
				return bodies.map((one) => create(state, one));
			},
		},
		'POST /invitations/{invitation_id}/revoke': ({ state, row, save }) => {
			const status = statusOf(state, /** @type {any} */ (row));
			if (status === 'accepted' || status === 'revoked') {
				const message = `The invitation has already been ${status}.`;
				throw refusal(400, `invitation_already_${status}`, message);
			}
			return save({ status: 'revoked' });
		},
	},
});
