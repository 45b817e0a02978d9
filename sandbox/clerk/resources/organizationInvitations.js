'use strict';

const { notFound, refusal } = require('../errors');
const { inOrder, walk, withTotal } = require('../lists');
const { statusOf } = require('../records/invitation');
const {
	newOrganizationInvitation,
	pendingInvitations,
	presentOrganizationInvitation,
	presentWithOrganization,
} = require('../records/organizationInvitation');
const { described } = require('../schemas');
const { checkOrganizationInvitations, requireAdmin } = require('./invitationRules');
const { findOrganization } = require('./organizations');
const { findUser } = require('./userWrites');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/organizationInvitation').OrganizationInvitationRow} OrganizationInvitationRow */
/** @typedef {Record<string, any>} Values */

/** @type {Record<string, (invitation: OrganizationInvitationRow) => string>} */
const ORDERS = { email_address: (invitation) => invitation.email_address };

/** @param {State} state @param {string} organizationId @param {Values} body */
function create(state, organizationId, body) {
	const invitation = newOrganizationInvitation(state, {
		organization_id: organizationId,
		email_address: body.email_address,
		role: body.role,
		inviter_id: body.inviter_user_id ?? null,
		redirect_url: body.redirect_url ?? null,
		notify: body.notify ?? true,
		public_metadata: body.public_metadata ?? {},
		private_metadata: body.private_metadata ?? {},
		expires_in_days: body.expires_in_days,
	});
	return presentOrganizationInvitation(state, state.organizationInvitations.insert(invitation));
}

/** @param {State} state @param {Record<string, string>} params */
function find(state, { organization_id: organizationId = '', invitation_id: id = '' }) {
	findOrganization(state, organizationId);
	const invitation = state.organizationInvitations.get(id);
	if (invitation?.organization_id !== organizationId) {
		throw notFound('organization invitation', id);
	}
	return invitation;
}

/** @param {State} state @param {Record<string, string>} params @param {Values} body */
function revoke(state, params, { requesting_user_id: requester }) {
	const invitation = find(state, params);
	if (requester != null) requireAdmin(state, invitation.organization_id, requester);
	if (statusOf(state, invitation) !== 'pending') {
		const message = 'Only pending organization invitations can be revoked.';
		throw refusal(400, 'organization_invitation_not_pending', message);
	}
	const changes = { status: /** @type {const} */ ('revoked'), updated_at: state.clock() };
	return presentOrganizationInvitation(
		state,
		state.organizationInvitations.update(invitation, changes),
	);
}

/**
 * @param {State} state
 * @param {Values} query
 * @param {(invitation: OrganizationInvitationRow) => boolean} matches
 */
const list = (state, query, matches) =>
	[...walk(inOrder(state.organizationInvitations, query.order_by ?? '-created_at', ORDERS))]
		.filter(matches)
		.filter((one) => query.status === undefined || statusOf(state, one) === query.status);

const routes = described({
	'GET /organization_invitations': ({ state, query }) => {
		const wanted = query.query?.toLowerCase() ?? '';
		const rows = list(state, query, (one) => one.email_address.includes(wanted));
		return withTotal(rows, query, (one) => presentWithOrganization(state, one));
	},
	'GET /organizations/{organization_id}/invitations': ({ state, params, query }) => {
		const { id } = findOrganization(state, params.organization_id);
		const address = query.email_address?.toLowerCase();
		const rows = list(
			state,
			query,
			(one) =>
				one.organization_id === id && (address === undefined || one.email_address === address),
		);
		return withTotal(rows, query, (one) => presentOrganizationInvitation(state, one));
	},
	'GET /organizations/{organization_id}/invitations/pending': ({ state, params, query }) => {
		const { id } = findOrganization(state, params.organization_id);
		const rows = [...pendingInvitations(state, id)].reverse();
		return withTotal(rows, query, (one) => presentOrganizationInvitation(state, one));
	},
	'POST /organizations/{organization_id}/invitations': {
		hourly: 'organizationInvitations',
		respond: ({ state, params, body }) => {
			const organization = findOrganization(state, params.organization_id);
			checkOrganizationInvitations(state, organization, [body]);
			return create(state, organization.id, body);
		},
	},
	'POST /organizations/{organization_id}/invitations/bulk': {
		hourly: 'organizationInvitationsBulk',
		respond: ({ state, params, body }) => {
			const organization = findOrganization(state, params.organization_id);
			const bodies = /** @type {Values[]} */ (body);
			checkOrganizationInvitations(state, organization, bodies);
			const made = bodies.map((one) => create(state, organization.id, one));
			return { data: made, total_count: made.length };
		},
	},
	'GET /organizations/{organization_id}/invitations/{invitation_id}': ({ state, params }) =>
		presentOrganizationInvitation(state, find(state, params)),
	'POST /organizations/{organization_id}/invitations/{invitation_id}/revoke': ({
		state,
		params,
		body,
	}) => revoke(state, params, body),
	'GET /users/{user_id}/organization_invitations': ({ state, params, query }) => {
		const addresses = findUser(state, params.user_id).email_addresses.map(
			(one) => one.email_address,
		);
		const rows = list(state, query, (one) => addresses.includes(one.email_address));
		return withTotal(rows, query, (one) => presentWithOrganization(state, one));
	},
});

module.exports = routes;
