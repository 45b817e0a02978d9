'use strict';

const { refusal } = require('../errors');
const {
	newOrganizationInvitation,
	presentOrganizationInvitation,
	statusOf,
} = require('../records/invitation');
const { publicOrganizationData } = require('../records/organization');
const { defineResource } = require('../resource');
const { checkOrganizationInvitations, requireAdmin } = require('./invitationRules');
const { findOrganization } = require('./organizations');
const { findUser } = require('./userWrites');

/** @param {Call} call @param {Values[]} bodies */
function create({ state, params: { organization_id = '' } }, bodies) {
	checkOrganizationInvitations(state, findOrganization(state, organization_id), bodies);
	return bodies.map(({ inviter_user_id: inviter_id = null, email_address, role, ...body }) =>
		state.organizationInvitations.insert(
			newOrganizationInvitation(state, {
				organization_id,
				email_address,
				role,
				inviter_id,
				...body,
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
	shown: (invitation, state) => ({
		...presentOrganizationInvitation(state, invitation),
		public_organization_data: publicOrganizationData(state, invitation.organization_id),
	}),
	filters: {
		status: (wanted, state) => (row) => statusOf(state, row) === wanted,
		email_address: (wanted) => (row) => row.email_address === wanted.toLowerCase(),
	},
	routes: {
		'GET /organization_invitations': {},
		[`GET ${PATH}/pending`]: ({ state, rows }) =>
			rows().filter((row) => statusOf(state, row) === 'pending'),
		[`POST ${PATH}`]: {
			hourly: 'organizationInvitations',
			respond: (call) => create(call, [call.body])[0],
		},
		[`POST ${PATH}/bulk`]: {
			hourly: 'organizationInvitationsBulk',
			respond: (call) => create(call, /** @type {any} */ (call.body)),
		},
		[`POST ${PATH}/{invitation_id}/revoke`]: ({ state, row, body, save }) => {
			const { requesting_user_id: requester = null } = body;
			if (requester !== null) requireAdmin(state, row.organization_id, requester);
			if (statusOf(state, row) !== 'pending') {
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
