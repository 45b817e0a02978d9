'use strict';

const { refusal } = require('../errors');
const { statusOf } = require('../records/invitation');
const {
	newOrganizationInvitation,
	presentWithOrganization,
} = require('../records/organizationInvitation');
const { defineResource } = require('../resource');
const { checkOrganizationInvitations, requireAdmin } = require('./invitationRules');
const { findOrganization } = require('./organizations');
const { findUser } = require('./userWrites');

/** @param {State} state @param {string} organization_id @param {Values[]} bodies */
function create(state, organization_id, bodies) {
	checkOrganizationInvitations(state, findOrganization(state, organization_id), bodies);
	return bodies.map((body) =>
		state.organizationInvitations.insert(
			newOrganizationInvitation(state, {
				organization_id,
				email_address: body.email_address,
				role: body.role,
				inviter_id: body.inviter_user_id ?? null,
				redirect_url: body.redirect_url ?? null,
				notify: body.notify ?? true,
				public_metadata: body.public_metadata ?? {},
				private_metadata: body.private_metadata ?? {},
				expires_in_days: body.expires_in_days,
			}),
		),
	);
}

const PATH = '/organizations/{organization_id}/invitations';

module.exports = defineResource({
	path: PATH,
	table: 'organizationInvitations',
	parent: findOrganization,
	search: ['email_address'],
	shown: (invitation, state) => presentWithOrganization(state, invitation),
	filters: {
		status: (row, wanted, state) => wanted === undefined || statusOf(state, row) === wanted,
		email_address: ({ email_address: address }, wanted) =>
			wanted === undefined || address === wanted.toLowerCase(),
	},
	routes: {
		'GET /organization_invitations': {},
		[`GET ${PATH}/pending`]: ({ state, rows }) =>
			rows().filter((row) => statusOf(state, /** @type {any} */ (row)) === 'pending'),
		[`POST ${PATH}`]: {
			hourly: 'organizationInvitations',
			respond: ({ state, params, body }) => create(state, params.organization_id, [body])[0],
		},
		[`POST ${PATH}/bulk`]: {
			hourly: 'organizationInvitationsBulk',
			respond: ({ state, params, body }) =>
				create(state, params.organization_id, /** @type {any} */ (body)),
		},
		[`POST ${PATH}/{invitation_id}/revoke`]: ({ state, row, body, save }) => {
			const { requesting_user_id: requester = null } = body;
			if (requester !== null) requireAdmin(state, row.organization_id, requester);
			if (statusOf(state, /** @type {any} */ (row)) !== 'pending') {
				const message = 'Only pending organization invitations can be revoked.';
				throw refusal(400, 'organization_invitation_not_pending', message);
			}
			return save({ status: 'revoked' });
		},
		'GET /users/{user_id}/organization_invitations': ({ state, params, rows }) => {
			const { email_addresses: own } = findUser(state, params.user_id);
			const addresses = own.map((one) => one.email_address);
			return rows().filter((row) => addresses.includes(row.email_address));
		},
	},
});
