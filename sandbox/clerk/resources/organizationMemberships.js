'use strict';

const { refuse } = require('../errors');
const { mergeMetadata } = require('../metadata');
const { presentMembership } = require('../records/membership');
const { leaveOrganization } = require('../records/session');
const { findUser } = require('../records/user');
const { defineResource } = require('../resource');
const { checkPlaces, refuseMembers, roleRules } = require('./invitations');
const { findOrganization } = require('./organizations');
const { mapValues } = require('../values');
const users = require('./userFilters');

/** @param {State} state @param {Row} membership @returns {any} */
const userOf = (state, { user_id: id }) => state.users.get(id);

const PATH = '/organizations/{organization_id}/memberships';

module.exports = defineResource({
	path: PATH,
	table: 'memberships',
	parent: findOrganization,
	prefix: 'orgmem',
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
	// As of the users.
	filters: {
		...mapValues(users.filters, (filter) => (/** @type {any[]} */ ...[wanted, state, query]) => {
			const fits = filter(wanted, state, query);
			return (/** @type {Row} */ row) => fits(userOf(state, row));
		}),
		role: (wanted) => (row) => wanted.includes(row.role),
	},
	orders: mapValues(
		users.orders,
		(order) => (/** @type {Row} */ row, /** @type {State} */ state) => order(userOf(state, row)),
	),
	routes: {
		[`PATCH ${PATH}/{user_id}`]: { updates: 'membership' },
		[`PATCH ${PATH}/{user_id}/metadata`]: { updates: 'membership', respond: mergeMetadata },
		// A former member has no session open in the organization.
		[`DELETE ${PATH}/{user_id}`]: ({ state, row }) => {
			state.memberships.remove(row);
			leaveOrganization(state.sessions.where('user_id', row.user_id), row.organization_id);
			return presentMembership(state, row);
		},
		'GET /organization_memberships': {},
		'GET /users/{user_id}/organization_memberships': ({ state, params }) =>
			state.memberships.where('user_id', findUser(state, params.user_id).id),
	},
});
