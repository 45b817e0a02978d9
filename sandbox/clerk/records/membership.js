'use strict';

const { presentOrganization } = require('./organization');
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

/** @typedef {import('../state').State} State */

/** @type {Record<string, { name: string, permissions: string[] }>} */
const ROLES = {
	'org:admin': {
		name: 'Admin',
		permissions: [
			'org:sys_profile:manage',
			'org:sys_profile:delete',
			'org:sys_memberships:read',
			'org:sys_memberships:manage',
			'org:sys_domains:read',
			'org:sys_domains:manage',
		],
	},
	'org:member': { name: 'Member', permissions: ['org:sys_memberships:read'] },
};

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
	deprovisioned: false,
});

/** @param {State} state @param {MembershipRow} membership */
function presentMembership(state, membership) {
	const { organization_id, user_id, ...shown } = membership;
	const organization = state.organizations.get(organization_id);
	const user = state.users.get(user_id);
	const role = ROLES[membership.role];
	return {
		object: 'organization_membership',
		...shown,
		role_name: role?.name ?? membership.role,
		permissions: role?.permissions ?? [],
		organization: organization && presentOrganization(state, organization),
		public_user_data: user && publicUserData(user),
	};
}

module.exports = { ROLES, newMembership, presentMembership };
