'use strict';

const { notFound } = require('../errors');
const { all, compare, withTotal } = require('../lists');
const { presentMembership } = require('../records/membership');
const { primaryEmail, primaryPhone } = require('../records/user');
const { open, orderBy, paging, upTo100 } = require('../validation');
const { sharedFilters, sharedFiltersSchema } = require('./userFilters');

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
 * The members of an organization, filtered and sorted by what is known of their users.
 *
 * @param {State} state
 * @param {string} organizationId
 * @param {Record<string, any>} query
 */
function listMembers(state, organizationId, query) {
	const fitsUser = all(sharedFilters(query));
	const members = state.memberships
		.where('organization_id', organizationId)
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

/** @type {import('../server').Routes} */
module.exports = {
	'GET /organizations/{organization_id}/memberships': {
		query: open({
			...sharedFiltersSchema,
			...paging,
			role: upTo100,
			order_by: orderBy(Object.keys(ORDERS), '-created_at'),
		}),
		answer: ({ state, params, query }) => {
			const { organization_id: id } = params;
			if (!state.organizations.get(id)) throw notFound('organization', id);
			return withTotal(listMembers(state, id, query), query, (membership) =>
				presentMembership(state, membership),
			);
		},
	},
	'GET /users/{user_id}/organization_memberships': {
		query: open(paging),
		answer: ({ state, params, query }) => {
			const { user_id: id } = params;
			if (!state.users.get(id)) throw notFound('user', id);
			return withTotal(state.memberships.where('user_id', id), query, (membership) =>
				presentMembership(state, membership),
			);
		},
	},
};
