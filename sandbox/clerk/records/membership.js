'use strict';

const { roleOf } = require('../resources/roles');
const { presentOrganization } = require('./organization');
const { newRow } = require('../table');
const { imageOf, primaryEmail, primaryPhone } = require('./user');

/** @type {(state: State, fields: Values & Record<'organization_id' | 'user_id' | 'role', string>) => any} */
const newMembership = (state, fields) => newRow(state, 'memberships', 'orgmem', fields);

/** @param {State} state @param {string} organizationId @param {string} userId */
const membershipOf = (state, organizationId, userId) =>
	state.memberships
		.where('user_id', userId)
		.find((membership) => membership.organization_id === organizationId);

/** What others see of a user. @param {UserRow} user */
const publicUserData = (user) => ({
	user_id: user.id,
	first_name: user.first_name,
	last_name: user.last_name,
	...imageOf(user),
	identifier: primaryEmail(user) ?? user.username ?? primaryPhone(user),
	username: user.username,
	banned: user.banned,
	deprovisioned: user.deprovisioned,
});

/** @param {State} state @param {Row} membership */
function presentMembership(state, { organization_id, user_id, ...shown }) {
	const organization = state.organizations.get(organization_id);
	const user = state.users.get(user_id);
	const role = roleOf(state, shown.role);
	return {
		object: 'organization_membership',
		...shown,
		role_name: role?.name ?? shown.role,
		permissions: role?.permissions ?? [],
		organization: organization && presentOrganization(state, organization),
		public_user_data: user && publicUserData(user),
	};
}

module.exports = { membershipOf, newMembership, presentMembership, publicUserData };
