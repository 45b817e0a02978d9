'use strict';

const { badValue, refusal, refuse, refuseIf } = require('../errors');
const records = require('../records/invitation');
const { membershipOf, publicUserData } = require('../records/membership');
const { publicOrganizationData } = require('../records/organization');
const { findUser } = require('../records/user');
const { defineResource, together } = require('../resource');
const { findOrganization } = require('./organizations');
const { roleOf } = require('./roles');

const { newInvitation, newOrganizationInvitation, present, statusOf } = records;

/** Invitations to the application and to organizations: of several, all are made or none. */

/** @param {State} state @param {string[]} addresses */
const usersWith = (state, addresses) =>
	addresses.flatMap((address) => state.users.where('email_address', address));

/** @param {Values[]} bodies @returns {string[]} */
const addressesOf = (bodies) => bodies.map((body) => body.email_address.toLowerCase());

/** Refuses addresses that are invited already, or there twice. @type {(state: State, addresses: string[], invited: readonly Row[]) => void} */
function refuseRepeated(state, addresses, invited) {
	const pending = invited.filter((one) => statusOf(state, one) === 'pending');
	const known = pending.map((one) => one.email_address);
	const repeated = addresses.filter(
		(address, at) => known.includes(address) || addresses.indexOf(address) !== at,
	);
	refuseIf(repeated.length > 0, 'duplicate_record', { email_addresses: repeated });
}

/**
 * Invites to the application. `isStrict`: rejects addresses of users even with `ignore_existing`.
 *
 * @type {(state: State, bodies: Values[], isStrict?: boolean) => Row[]}
 */
function invite(state, bodies, isStrict = false) {
	const checked = bodies.filter((body) => !body.ignore_existing);
	const isOfUser = (/** @type {string} */ address) => usersWith(state, [address]).length > 0;
	const known = addressesOf(isStrict ? bodies : checked).filter(isOfUser);
	refuseIf(known.length > 0, 'form_identifier_exists', { email_addresses: known });
	const addresses = addressesOf(checked);
	const invited = addresses.flatMap((one) => state.invitations.where('email_address', one));
	refuseRepeated(state, addresses, invited);
	return bodies.map(({ ignore_existing, ...body }) =>
		state.invitations.insert(newInvitation(state, body)),
	);
}

/** @type {import('../resource').Filters[string]} */
const byStatus = (wanted, state) => (row) => statusOf(state, row) === wanted;

const invitations = defineResource({
	path: '/invitations',
	table: 'invitations',
	search: ['email_address'],
	shown: present,
	filters: { status: byStatus },
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
			if (status === 'pending' || status === 'expired') return save({ status: 'revoked' });
			throw refusal('invitation_over', { status });
		},
	},
});

/** @param {State} state @param {string} role */
const roleRules = (state, role) =>
	roleOf(state, role) ? [] : [badValue('role', 'is not the key of a role of this instance')];

/** @param {State} state @param {string} organizationId @param {string | null | undefined} userId */
function requireAdmin(state, organizationId, userId) {
	if (userId == null) return;
	findUser(state, userId);
	const role = roleOf(state, membershipOf(state, organizationId, userId)?.role);
	const mayInvite = role?.permissions.includes('org:sys_memberships:manage');
	refuseIf(!mayInvite, 'not_an_admin_in_organization');
}

/** @param {State} state @param {string} organizationId @param {UserRow[]} users */
function refuseMembers(state, organizationId, users) {
	const members = users.filter(({ id }) => membershipOf(state, organizationId, id));
	const ids = members.map(({ id }) => id);
	refuseIf(ids.length > 0, 'already_a_member_in_organization', { ids });
}

/** Pending invitations take a place too; a limit of 0 is none. @type {(state: State, organization: Row, newcomers: number) => void} */
function checkPlaces(state, { id, max_allowed_memberships: limit }, newcomers) {
	const invited = state.organizationInvitations
		.where('organization_id', id)
		.filter((one) => statusOf(state, one) === 'pending');
	const members = state.memberships.where('organization_id', id).length;
	const isFull = limit > 0 && members + invited.length + newcomers > limit;
	refuseIf(isFull, 'organization_membership_quota_exceeded', { limit });
}

/** @param {Call} call @param {Values[]} bodies */
function inviteToOrganization({ state, params: { organization_id = '' } }, bodies) {
	const organization = findOrganization(state, organization_id);
	refuse(...bodies.flatMap((body) => roleRules(state, body.role)));
	for (const body of bodies) requireAdmin(state, organization_id, body.inviter_user_id);
	const addresses = addressesOf(bodies);
	refuseMembers(state, organization_id, usersWith(state, addresses));
	const invited = state.organizationInvitations.where('organization_id', organization_id);
	refuseRepeated(state, addresses, invited);
	checkPlaces(state, organization, bodies.length);
	return bodies.map(({ inviter_user_id: inviter_id, ...body }) => {
		const fields = { ...body, inviter_id, organization_id };
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
		status: byStatus,
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
			refuseIf(statusOf(state, row) !== 'pending', 'organization_invitation_not_pending');
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
	...together({ invitations, organizationInvitations }),
	checkPlaces,
	invite,
	refuseMembers,
	roleRules,
};
