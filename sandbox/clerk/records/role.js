'use strict';

const { newRow } = require('./row');

/** Permissions, roles that hold permissions by key, and sets that hold roles by key. */

/** @type {Record<string, string>} */
const SYSTEM_PERMISSIONS = {
	'org:sys_profile:manage': 'Manage organization',
	'org:sys_profile:delete': 'Delete organization',
	'org:sys_memberships:read': 'Read members',
	'org:sys_memberships:manage': 'Manage members',
	'org:sys_domains:read': 'Read domains',
	'org:sys_domains:manage': 'Manage domains',
};

/** @param {State} state @param {Values & { key: string, name: string }} fields */
const newPermission = (state, fields) =>
	state.permissions.insert(
		newRow(state, 'perm', {
			description: `Permission to ${fields.name.toLowerCase()}`,
			type: 'user',
			...fields,
		}),
	);

/** @param {State} state @param {Values & { key: string, name: string }} fields */
const newRole = (state, fields) =>
	state.roles.insert(
		newRow(state, 'role', {
			description: null,
			is_creator_eligible: false,
			permissions: [],
			...fields,
		}),
	);

/** @param {State} state @param {Values & { key: string, name: string, roles: string[] }} fields */
const newRoleSet = (state, fields) =>
	state.roleSets.insert(
		newRow(state, 'roleset', {
			description: null,
			type: 'custom',
			default_role_key: 'org:member',
			creator_role_key: 'org:admin',
			...fields,
		}),
	);

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
	const roles = ['org:admin', 'org:member'];
	newRoleSet(state, { key: 'role_set:default', name: 'Default', type: 'initial', roles });
}

/** @param {State} state @param {string} key */
const roleOf = (state, key) => state.roles.where('key', key)[0];

/** With its permissions, which it holds by key. @param {State} state @param {Row} role */
const presentRole = (state, role) => ({
	...role,
	permissions: role.permissions.flatMap((/** @type {string} */ key) =>
		state.permissions.where('key', key),
	),
});

module.exports = {
	newPermission,
	newRole,
	newRoleSet,
	plantDefaultRoles,
	presentRole,
	roleOf,
};
