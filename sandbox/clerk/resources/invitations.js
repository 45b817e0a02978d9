'use strict';

const { refusal, refuse } = require('../errors');
const {
	newInvitation,
	newOrganizationInvitation,
	present,
	statusOf,
} = require('../records/invitation');
const { publicUserData } = require('../records/membership');
const { publicOrganizationData } = require('../records/organization');
const { defineResource } = require('../resource');
const {
	checkPlaces,
	pendingInvitations,
	refuseMembers,
	requireAdmin,
	roleRules,
} = require('./memberRules');
const { findOrganization } = require('./organizations');
const { roleOf } = require('./roles');
const { findUser } = require('../records/user');

/** Invitations to the application and to organizations: of several, all are made or none. */

/** @param {State} state @param {string[]} addresses */
const usersWith = (state, addresses) =>
	addresses.flatMap((address) => [...state.users.where('email_address', address)]);

/** Refuses addresses that are invited already, or there twice. @param {string[]} addresses @param {Row[]} pending */
function refuseRepeated(addresses, pending) {
	const known = pending.map(({ email_address: address }) => address);
	const repeated = addresses.filter(
		(address, at) => known.includes(address) || addresses.indexOf(address) !== at,
	);
	if (repeated.length === 0) return;
	const message = `There are already pending invitations for the following email addresses: ${repeated.join(', ')}`;
	throw refusal(400, 'duplicate_record', message, { email_addresses: repeated });
}

/** @param {Values[]} bodies @returns {string[]} */
const addressesOf = (bodies) => bodies.map((body) => body.email_address.toLowerCase());

/**
 * Invites to the application. `isStrict`: rejects addresses of users even with `ignore_existing`.
 *
 * @param {State} state
 * @param {Values[]} bodies
 * @param {boolean} [isStrict]
 * @returns {Row[]}
 */
function invite(state, bodies, isStrict = false) {
	const checked = bodies.filter((body) => !body.ignore_existing);
	const known = addressesOf(isStrict ? bodies : checked).filter(
		(address) => usersWith(state, [address]).length > 0,
	);
	if (known.length > 0) {
		const message = `The following email addresses are already in use: ${known.join(', ')}`;
		throw refusal(422, 'form_identifier_exists', message, { email_addresses: known });
	}
	const addresses = addressesOf(checked);
	const there = addresses.flatMap((one) => [...state.invitations.where('email_address', one)]);
	refuseRepeated(
		addresses,
		there.filter((one) => statusOf(state, one) === 'pending'),
	);
	return bodies.map(({ ignore_existing, ...body }) =>
		state.invitations.insert(newInvitation(state, /** @type {any} */ (body))),
	);
}

const invitations = defineResource({
	path: '/invitations',
	table: 'invitations',
	search: ['email_address'],
	shown: present,
	filters: { status: (wanted, state) => (row) => statusOf(state, row) === wanted },
	routes: {
		// Revoked invitations are listed only on request.
		'GET /invitations': ({ rows, query }) =>
			rows().filter(({ status }) => status !== 'revoked' || query.status !== undefined),
		'POST /invitations': {
			hourly: 'invitations',
			respond: ({ state, body }) => invite(state, [body])[0],
		},
		'POST /invitations/bulk': {
			hourly: 'invitationsBulk',
			respond: ({ state, body }) => invite(state, /** @type {any} */ (body), true),
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

/** @param {Call} call @param {Values[]} bodies */
function inviteToOrganization({ state, params: { organization_id = '' } }, bodies) {
	const organization = findOrganization(state, organization_id);
	refuse(...bodies.flatMap((body) => roleRules(state, body.role)));
	for (const body of bodies) requireAdmin(state, organization_id, body.inviter_user_id);
	const addresses = addressesOf(bodies);
	refuseMembers(state, organization_id, usersWith(state, addresses));
	refuseRepeated(addresses, pendingInvitations(state, organization_id));
	checkPlaces(state, organization, bodies.length);
	return bodies.map(({ inviter_user_id: inviter_id, ...body }) => {
		const fields = /** @type {any} */ ({ ...body, inviter_id, organization_id });
		return state.organizationInvitations.insert(newOrganizationInvitation(state, fields));
	});
}

const PATH = '/organizations/{organization_id}/invitations';

const organizationInvitations = defineResource({
	path: PATH,
	table: 'organizationInvitations',
	parent: findOrganization,
	search: ['email_address'],
	shown(invitation, state) {
		const inviter = state.users.get(invitation.inviter_id ?? '');
		const { status, url = null } = present(invitation, state);
		return {
			status,
			url,
			role_name: roleOf(state, invitation.role)?.name ?? invitation.role,
			public_inviter_data: inviter ? publicUserData(inviter) : null,
			public_organization_data: publicOrganizationData(state, invitation.organization_id),
		};
	},
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
			respond: (call) => inviteToOrganization(call, [call.body])[0],
		},
		[`POST ${PATH}/bulk`]: {
			hourly: 'organizationInvitationsBulk',
			respond: (call) => inviteToOrganization(call, /** @type {any} */ (call.body)),
		},
		[`POST ${PATH}/{invitation_id}/revoke`]: ({ state, row, body, save }) => {
			requireAdmin(state, row.organization_id, body.requesting_user_id);
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

module.exports = {
	invitations,
	invite,
	organizationInvitations,
	routes: { ...invitations.routes, ...organizationInvitations.routes },
};
