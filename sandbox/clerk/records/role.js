'use strict';

/**
 * @typedef {object} PermissionRow
 * @property {string} id
 * @property {string} key
 * @property {string} name
 * @property {string} description
 * @property {'system' | 'user'} type
 * @property {number} created_at
 * @property {number} updated_at
 *
 * @typedef {object} RoleRow
 * @property {string} id
 * @property {string} key
 * @property {string} name
 * @property {string | null} description
 * @property {boolean} is_creator_eligible
 * @property {string[]} permissions keys
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @type {Record<string, string>} */
const SYSTEM_PERMISSIONS = {
	'org:sys_profile:manage': 'Manage organization',
	'org:sys_profile:delete': 'Delete organization',
	'org:sys_memberships:read': 'Read members',
	'org:sys_memberships:manage': 'Manage members',
	'org:sys_domains:read': 'Read domains',
	'org:sys_domains:manage': 'Manage domains',
};

/** @param {State} state @param {{ key: string, name: string, type?: 'system' | 'user' }} fields */
function newPermission(state, { key, name, type = 'user' }) {
	const at = state.clock();
	const description = `Permission to ${name.toLowerCase()}`;
	const permission = { key, name, description, type, created_at: at, updated_at: at };
	return state.permissions.insert({ id: state.newId('perm', at), ...permission });
}

/**
 * @param {State} state
 * @param {Partial<RoleRow> & { key: string, name: string }} fields
 */
function newRole(state, fields) {
	const at = fields.created_at ?? state.clock();
	return state.roles.insert({
		description: null,
		is_creator_eligible: false,
		permissions: [],
		created_at: at,
		updated_at: at,
		...fields,
		id: state.newId('role', at),
	});
}

/** What every instance begins with. @param {State} state */
function plantDefaultRoles(state) {
	for (const [key, name] of Object.entries(SYSTEM_PERMISSIONS)) {
		newPermission(state, { key, name, type: 'system' });
	}
	newRole(state, {
		key: 'org:member',
		name: 'Member',
		description: 'Role with non-privileged permissions',
		permissions: ['org:sys_memberships:read'],
	});
	newRole(state, {
		key: 'org:admin',
		name: 'Admin',
		description: 'Role with elevated permissions',
		is_creator_eligible: true,
		permissions: Object.keys(SYSTEM_PERMISSIONS),
	});
}

/** @param {State} state @param {string} key */
const roleOf = (state, key) => state.roles.where('key', key)[0];

/** @param {State} state @param {string} key */
const nameOfRole = (state, key) => roleOf(state, key)?.name ?? key;

/** @param {State} state @param {RoleRow} role */
const presentRole = (state, role) => ({
	object: 'role',
	...role,
	permissions: role.permissions
		.flatMap((key) => state.permissions.where('key', key))
		.map((permission) => ({ object: 'permission', ...permission })),
});

module.exports = {
	nameOfRole,
	newPermission,
	newRole,
	plantDefaultRoles,
	presentRole,
	roleOf,
};
