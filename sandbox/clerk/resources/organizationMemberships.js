'use strict';

const { refuse } = require('../errors');
const { all, compare } = require('../lists');
const { mergeMetadata } = require('../metadata');
const { newMembership, presentMembership } = require('../records/membership');
const { primaryEmail, primaryPhone } = require('../records/user');
const { defineResource } = require('../resource');
const { alreadyMembers, checkPlaces, membershipOf, roleRules } = require('./invitationRules');
const { findOrganization } = require('./organizations');
const { sharedFilters } = require('./userFilters');
const { findUser } = require('./userWrites');

/** @type {Record<string, (user: UserRow, membership: Row) => string | number | null>} */
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
 * @param {readonly Row[]} memberships
 * @param {Values} query
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

/** @param {Call} call */
function create({ state, params, body }) {
	const organization = findOrganization(state, params.organization_id ?? '');
	const user = findUser(state, body.user_id);
	refuse(...roleRules(state, body.role));
	if (membershipOf(state, organization.id, user.id)) throw alreadyMembers([user.id]);
	checkPlaces(state, organization, 1);
	const { role, public_metadata = {}, private_metadata = {} } = body;
	const ids = { organization_id: organization.id, user_id: user.id };
	const metadata = { public_metadata, private_metadata };
	return state.memberships.insert(newMembership(state, { ...ids, role, ...metadata }));
}

/** Who is no longer a member has no session open in the organization. @param {Call} call */
function remove({ state, row: membership }) {
	const { organization_id: organizationId, user_id: userId } = membership;
	state.memberships.remove(membership);
	for (const session of state.sessions.where('user_id', userId)) {
		if (session.last_active_organization_id === organizationId) {
			session.last_active_organization_id = null;
		}
	}
	return presentMembership(state, membership);
}

const PATH = '/organizations/{organization_id}/memberships';
module.exports = defineResource({
	path: PATH,
	table: 'memberships',
	parent: findOrganization,
	isNamed: ({ user_id: id }, name) => id === name,
	present: (row, state) => presentMembership(state, row),
	routes: {
		[`GET ${PATH}`]: ({ state, params, query }) =>
			listMembers(state, state.memberships.where('organization_id', params.organization_id), query),
		[`POST ${PATH}`]: create,
		[`PATCH ${PATH}/{user_id}`]: {
			updates: 'membership',
			respond({ state, body: { role }, save }) {
				refuse(...roleRules(state, role));
				return save({ role });
			},
		},
		[`PATCH ${PATH}/{user_id}/metadata`]: { updates: 'membership', respond: mergeMetadata },
		[`DELETE ${PATH}/{user_id}`]: remove,
		'GET /organization_memberships': ({ state, query }) =>
			listMembers(state, state.memberships.rows, query),
		'GET /users/{user_id}/organization_memberships': ({ state, params }) =>
			state.memberships.where('user_id', findUser(state, params.user_id).id),
	},
});
