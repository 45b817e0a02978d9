'use strict';

const { refusal } = require('../errors');
const { newInvitation, presentInvitation, statusOf } = require('../records/invitation');
const { defineResource } = require('../resource');
const { checkInvitations } = require('./invitationRules');

/** Where even `ignore_existing` does not get past somebody who has signed up, `isStrict`. @param {State} state @param {Values[]} bodies @param {boolean} isStrict */
function create(state, bodies, isStrict) {
	checkInvitations(state, bodies, isStrict ? bodies : bodies.filter((one) => !one.ignore_existing));
	return bodies.map(({ ignore_existing, ...body }) =>
		state.invitations.insert(newInvitation(state, /** @type {any} */ (body))),
	);
}

module.exports = defineResource({
	path: '/invitations',
	table: 'invitations',
	search: ['email_address'],
	shown: (invitation, state) => presentInvitation(state, invitation),
	filters: { status: (wanted, state) => (row) => statusOf(state, row) === wanted },
	routes: {
		// Those that were revoked are listed to who asks for them only.
		'GET /invitations': ({ rows, query }) =>
			rows().filter(({ status }) => status !== 'revoked' || query.status !== undefined),
		'POST /invitations': {
			hourly: 'invitations',
			respond: ({ state, body }) => create(state, [body], false)[0],
		},
		'POST /invitations/bulk': {
			hourly: 'invitationsBulk',
			respond: ({ state, body }) => create(state, /** @type {any} */ (body), true),
		},
		'POST /invitations/{invitation_id}/revoke': ({ state, row, save }) => {
			const status = statusOf(state, row);
			if (status === 'accepted' || status === 'revoked') {
				const message = `The invitation has already been ${status}.`;
				throw refusal(400, `invitation_already_${status}`, message);
			}
			return save({ status: 'revoked' });
		},
	},
});
