'use strict';

const { refuse } = require('../errors');
const { mergeMetadata } = require('../metadata');
const { presentMembership } = require('../records/membership');
const { leaveOrganization } = require('../records/session');
const { defineResource } = require('../resource');
const { checkPlaces, refuseMembers, roleRules } = require('./memberRules');
const { findOrganization } = require('./organizations');
const users = require('./userFilters');
const { findUser } = require('../records/user');

/** @param {State} state @param {Row} membership @returns {any} */
const userOf = (state, { user_id: id }) => state.users.get(id);

/** A former member has no session open in the organization. @param {Call} call */
function remove({ state, row: membership }) {
	const { organization_id: organizationId, user_id: userId } = membership;
	state.memberships.remove(membership);
	leaveOrganization(state.sessions.where('user_id', userId), organizationId);
	return presentMembership(state, membership);
}

const PATH = '/organizations/{organization_id}/memberships';
module.exports = defineResource({
	path: PATH,
	table: 'memberships',
	parent: findOrganization,
	prefix: 'orgmem',
	defaults: () => ({ public_metadata: {}, private_metadata: {} }),
	fields({ state, params, body, row }) {
		const organization = findOrganization(state, params.organization_id ?? '');
		refuse(...roleRules(state, body.role));
		if (!row) {
			refuseMembers(state, organization.id, [findUser(state, body.user_id)]);
			checkPlaces(state, organization, 1);
		}
		return body;
	},
	isNamed: ({ user_id: id }, name) => id === name,
	present: (row, state) => presentMembership(state, row),
	filters: {
		...Object.fromEntries(
			Object.entries(users.filters).map(([name, filter]) => [
				name,
				(/** @type {any} */ wanted, /** @type {State} */ state, /** @type {Values} */ query) => {
					const fits = filter(wanted, state, query);
					return (/** @type {Row} */ row) => fits(userOf(state, row));
				},
			]),
		),
		role: (wanted) => (row) => wanted.includes(row.role),
	},
	orders: Object.fromEntries(
		Object.entries(users.orders).map(([name, order]) => [
			name,
			(/** @type {Row} */ row, /** @type {State} */ state) => order(userOf(state, row)),
		]),
	),
	routes: {
		[`PATCH ${PATH}/{user_id}`]: { updates: 'membership' },
		[`PATCH ${PATH}/{user_id}/metadata`]: { updates: 'membership', respond: mergeMetadata },
		[`DELETE ${PATH}/{user_id}`]: remove,
		'GET /organization_memberships': {},
		'GET /users/{user_id}/organization_memberships': ({ state, params }) =>
			state.memberships.where('user_id', findUser(state, params.user_id).id),
	},
});
