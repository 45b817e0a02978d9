'use strict';

const { notFound, refuse } = require('../errors');
const { all, compare, withTotal } = require('../lists');
const { merged } = require('../metadata');
const { newMembership, presentMembership } = require('../records/membership');
const { primaryEmail, primaryPhone } = require('../records/user');
const { described } = require('../schemas');
const { alreadyMembers, checkPlaces, membershipOf, roleRules } = require('./invitationRules');
const { findOrganization } = require('./organizations');
const { sharedFilters } = require('./userFilters');
const { findUser } = require('./userWrites');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/membership').MembershipRow} MembershipRow */
/** @typedef {import('../records/user').UserRow} UserRow */

/** @type {Record<string, (user: UserRow, membership: MembershipRow) => string | number | null>} */
const ORDERS = {
	created_at: (_user, membership) => membership.created_at,
	email_address: primaryEmail,
	phone_number: primaryPhone,
	first_name: (user) => user.first_name,
	last_name: (user) => user.last_name,
	username: (user) => user.username,
};

/**
 * Memberships, filtered and sorted by what is known of their users.
 *
 * @param {State} state
 * @param {readonly MembershipRow[]} memberships
 * @param {Record<string, any>} query
 */
function listMembers(state, memberships, query) {
	const fitsUser = all(sharedFilters(query));
	const members = memberships
		.map((membership) => ({
			membership,
			user: /** @type {UserRow} */ (state.users.get(membership.user_id)),
		}))
		.filter(({ membership }) => !query.role || query.role.includes(membership.role))
		.filter(({ user }) => fitsUser(user));

	const keyOf = ORDERS[query.order_by.replace(/^[+-]/, '')] ?? (() => null);
	members.sort((a, b) => compare(keyOf(a.user, a.membership), keyOf(b.user, b.membership)));
	if (query.order_by.startsWith('-')) members.reverse();
	return members.map(({ membership }) => membership);
}

/** @param {State} state @param {Record<string, string>} params */
function find(state, { organization_id: organizationId = '', user_id: userId = '' }) {
	findOrganization(state, organizationId);
	const membership = membershipOf(state, organizationId, userId);
	if (!membership) throw notFound('organization membership', userId);
	return membership;
}

/** @param {State} state @param {MembershipRow} membership @param {Partial<MembershipRow>} changes */
const save = (state, membership, changes) =>
	presentMembership(
		state,
		state.memberships.update(membership, { ...changes, updated_at: state.clock() }),
	);

/** @param {State} state @param {string} organizationId @param {Record<string, any>} body */
function create(state, organizationId, body) {
	const organization = findOrganization(state, organizationId);
	const user = findUser(state, body.user_id);
	refuse(...roleRules(state, body.role));
	if (membershipOf(state, organization.id, user.id)) throw alreadyMembers([user.id]);
	checkPlaces(state, organization, 1);
	const membership = newMembership(state, {
		organization_id: organization.id,
		user_id: user.id,
		role: body.role,
		public_metadata: body.public_metadata ?? {},
		private_metadata: body.private_metadata ?? {},
	});
	return presentMembership(state, state.memberships.insert(membership));
}

/** Who is no longer a member has no session open in the organization. @param {State} state @param {MembershipRow} membership */
function remove(state, membership) {
	const { organization_id: organizationId, user_id: userId } = membership;
	state.memberships.remove(membership);
	for (const session of state.sessions.where('user_id', userId)) {
		if (session.last_active_organization_id === organizationId) {
			session.last_active_organization_id = null;
		}
	}
	return presentMembership(state, membership);
}

module.exports = described({
	'GET /organizations/{organization_id}/memberships': ({ state, params, query }) => {
		const { id } = findOrganization(state, params.organization_id);
		const members = state.memberships.where('organization_id', id);
		return withTotal(listMembers(state, members, query), query, (membership) =>
			presentMembership(state, membership),
		);
	},
	'POST /organizations/{organization_id}/memberships': ({ state, params, body }) =>
		create(state, params.organization_id, body),
	'PATCH /organizations/{organization_id}/memberships/{user_id}': {
		updates: 'membership',
		respond: ({ state, params, body }) => {
			const membership = find(state, params);
			refuse(...roleRules(state, body.role));
			return save(state, membership, { role: body.role });
		},
	},
	'PATCH /organizations/{organization_id}/memberships/{user_id}/metadata': {
		updates: 'membership',
		respond: ({ state, params, body }) => {
			const membership = find(state, params);
			return save(state, membership, merged(membership, body));
		},
	},
	'DELETE /organizations/{organization_id}/memberships/{user_id}': ({ state, params }) =>
		remove(state, find(state, params)),
	'GET /organization_memberships': ({ state, query }) =>
		withTotal(listMembers(state, state.memberships.rows, query), query, (membership) =>
			presentMembership(state, membership),
		),
	'GET /users/{user_id}/organization_memberships': ({ state, params, query }) => {
		const { id } = findUser(state, params.user_id);
		return withTotal(state.memberships.where('user_id', id), query, (membership) =>
			presentMembership(state, membership),
		);
	},
});
