'use strict';

const { presentOrganization } = require('./organization');
const { nameOfRole, roleOf } = require('./role');
const { imageOf, primaryEmail } = require('./user');

/**
 * @typedef {object} MembershipRow
 * @property {string} id
 * @property {string} organization_id
 * @property {string} user_id
 * @property {string} role
 * @property {import('../metadata').Metadata} public_metadata
 * @property {import('../metadata').Metadata} private_metadata
 * @property {number} created_at
 * @property {number} updated_at
 */

/**
 * @param {State} state
 * @param {Partial<MembershipRow> & { organization_id: string, user_id: string, role: string }} fields
 * @returns {MembershipRow}
 */
function newMembership(state, fields) {
	const createdAt = fields.created_at ?? state.clock();
	return {
		public_metadata: {},
		private_metadata: {},
		created_at: createdAt,
		updated_at: createdAt,
		...fields,
		id: state.newId('orgmem', fields.created_at),
	};
}

/** @param {import('./user').UserRow} user */
const publicUserData = (user) => ({
	user_id: user.id,
	first_name: user.first_name,
	last_name: user.last_name,
	...imageOf(user),
	identifier: primaryEmail(user) ?? user.username,
	username: user.username,
	banned: user.banned,
	deprovisioned: user.deprovisioned,
});

/** @param {State} state @param {MembershipRow} membership */
function presentMembership(state, membership) {
	const { organization_id, user_id, ...shown } = membership;
	const organization = state.organizations.get(organization_id);
	const user = state.users.get(user_id);
	return {
		object: 'organization_membership',
		...shown,
		role_name: nameOfRole(state, membership.role),
		permissions: roleOf(state, membership.role)?.permissions ?? [],
		organization: organization && presentOrganization(state, organization),
		public_user_data: user && publicUserData(user),
	};
}

module.exports = { newMembership, presentMembership };
