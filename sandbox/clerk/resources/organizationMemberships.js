'use strict';

const { refuse } = require('../errors');
const { mergeMetadata } = require('../metadata');
const { newMembership, presentMembership } = require('../records/membership');
const { leaveOrganization } = require('../records/session');
const { defineResource } = require('../resource');
const { checkPlaces, refuseMembers, roleRules } = require('./memberRules');
const { findOrganization } = require('./organizations');
const users = require('./userFilters');
const { findUser } = require('./userWrites');

/** @param {State} state @param {Row} membership @returns {any} */
const userOf = (state, { user_id: id }) => state.users.get(id);

/** @param {Call} call */
function create({ state, params, body }) {
	const organization = findOrganization(state, params.organization_id ?? '');
	const user = findUser(state, body.user_id);
	refuse(...roleRules(state, body.role));
	refuseMembers(state, organization.id, [user]);
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
	leaveOrganization(state.sessions.where('user_id', userId), organizationId);
	return presentMembership(state, membership);
}

const PATH = '/organizations/{organization_id}/memberships';
module.exports = defineResource({
	path: PATH,
	table: 'memberships',
	parent: findOrganization,
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
		'GET /organization_memberships': {},
		'GET /users/{user_id}/organization_memberships': ({ state, params }) =>
			state.memberships.where('user_id', findUser(state, params.user_id).id),
	},
});
