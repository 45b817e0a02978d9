'use strict';

const { badValue, notFound, refuse, refuseIf, taken } = require('../errors');
const { defineResource, together } = require('../resource');
const { withoutNull } = require('../values');

/** Permissions, roles that hold permissions by key, and sets that hold roles by key. */

/** One key becomes another, or none. @type {(keys: string[], before: string, after?: string) => string[]} */
const replaced = (keys, before, after) =>
	keys.flatMap((key) => (key === before ? (after ?? []) : [key]));

/** System permissions stay as they are. Roles hold their permissions by key. @type {(state: State, permission: Row, after?: string) => void} */
function renamePermission(state, { type, key }, after) {
	refuseIf(type === 'system', 'system_permission_not_modifiable');
	for (const role of state.roles.rows) role.permissions = replaced(role.permissions, key, after);
}

const permissions = defineResource({
	path: '/organization_permissions',
	table: 'permissions',
	prefix: 'perm',
	search: ['name', 'key'],
	defaults: (_state, { name }) => ({ description: `Permission to ${name.toLowerCase()}` }),
	unique: ['key'],
	fields({ state, body, row }) {
		if (row) renamePermission(state, row, body.key ?? row.key);
		return body;
	},
	removing: (permission, state) => renamePermission(state, permission),
});

/** @param {State} state @param {string} key @returns {any} */
const roleOf = (state, key) => state.roles.where('key', key)[0];

/** With its permissions, which it holds by key. @param {State} state @param {Row} role @returns {Row} */
const presentRole = (state, role) => ({
	...role,
	permissions: state.permissions.rows.filter(({ key }) => role.permissions.includes(key)),
});

/** Those that hold a role by its key. @param {State} state @param {string} key @returns {Row[]} */
const holders = ({ memberships, organizationInvitations }, key) =>
	[...memberships.rows, ...organizationInvitations.rows].filter(({ role }) => role === key);

/** The fields of a role set that name one of its roles. */
const NAMED = ['default_role_key', 'creator_role_key'];

/** @param {Row} set @param {string} before @param {string} after */
function replaceInSet(set, before, after) {
	set.roles = replaced(set.roles, before, after);
	for (const field of NAMED) if (set[field] === before) set[field] = after;
}

const PERMISSIONS = '/organization_roles/{organization_role_id}/permissions';

const roles = defineResource({
	path: '/organization_roles',
	table: 'roles',
	prefix: 'role',
	search: ['name', 'key'],
	shown: (role, state) => presentRole(state, role),
	unique: ['key'],
	fields({ state, row, body: { permissions: ids, ...given } }) {
		const { include_in_initial_role_set: isInitial, ...body } = given;
		const keys = ids?.map((/** @type {string} */ id) => permissions.find(state, id).key);
		if (row && body.key) {
			for (const holder of holders(state, row.key)) holder.role = body.key;
			for (const set of state.roleSets.rows) replaceInSet(set, row.key, body.key);
		}
		const [initial] = isInitial ? state.roleSets.where('type', 'initial') : [];
		if (initial) initial.roles = [...initial.roles, body.key];
		return { ...body, ...(keys && { permissions: keys }) };
	},
	removing({ key }, state) {
		const isNamed = state.roleSets.rows.some((set) => NAMED.some((field) => set[field] === key));
		refuseIf(isNamed || holders(state, key).length > 0, 'organization_role_in_use');
		for (const set of state.roleSets.rows) set.roles = replaced(set.roles, key);
	},
	routes: {
		[`POST ${PERMISSIONS}/{permission_id}`]: ({ state, params, row, save }) => {
			const { key } = permissions.find(state, params.permission_id);
			refuseIf(row.permissions.includes(key), 'permission_already_assigned');
			return save({ permissions: [...row.permissions, key] });
		},
		[`DELETE ${PERMISSIONS}/{permission_id}`]: ({ state, params, row, save }) => {
			const { id, key } = permissions.find(state, params.permission_id);
			if (!row.permissions.includes(key)) throw notFound('permission of the role', id);
			return save({ permissions: replaced(row.permissions, key) });
		},
	},
});

/** Those that chose none have the initial one. @param {State} state @param {Row} set */
const organizationsWith = (state, { key, type }) =>
	state.organizations.rows.filter(
		({ role_set_key: chosen }) => chosen === key || (chosen === null && type === 'initial'),
	);

/** @param {State} state @param {Row} set @returns {Row[]} */
const membersWith = (state, set) =>
	organizationsWith(state, set).flatMap(({ id }) => state.memberships.where('organization_id', id));

/**
 * What changes with a set: one is the initial one, and organizations have theirs by key.
 *
 * @type {(state: State, changes: Values, set?: Row) => Values}
 */
function changesOf(state, changes, set) {
	const { roles: keys, ...wanted } = /** @type {Values} */ ({ ...set, ...changes });
	const isTaken = state.roleSets.where('key', wanted.key).some((other) => other !== set);
	const unknown = keys.filter((/** @type {string} */ key) => !roleOf(state, key));
	const outside = NAMED.filter((name) => !keys.includes(wanted[name]));
	refuse(
		isTaken && taken('key'),
		unknown.length > 0 && badValue('roles', `has no role ${unknown.join(', ')}`),
		...outside.map((name) => badValue(name, 'must be one of the roles of the set')),
		(keys.length < 1 || keys.length > 10) && badValue('roles', 'must be 1 to 10'),
	);
	if (changes.type === 'initial') for (const other of state.roleSets.rows) other.type = 'custom';
	const chosen = state.organizations.where('role_set_key', set?.key ?? '');
	for (const organization of chosen) organization.role_set_key = wanted.key;
	return changes;
}

/** @param {string} name */
const keyFor = (name) => `role_set:${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;

const SET = '/role_sets/{role_set_key_or_id}';

const roleSets = defineResource({
	path: '/role_sets',
	table: 'roleSets',
	prefix: 'roleset',
	isNamed: (set, keyOrId) => [set.key, set.id].includes(keyOrId),
	search: ['name', 'key'],
	shown(set, state) {
		const members = membersWith(state, set);
		/** @type {Row[]} */
		const items = set.roles.flatMap((/** @type {string} */ key) => {
			const count = members.filter((member) => member.role === key).length;
			const role = roleOf(state, key);
			return role ? [{ ...role, members_count: count, has_members: count > 0 }] : [];
		});
		const [default_role, creator_role] = NAMED.map((name) =>
			items.find(({ key }) => key === set[name]),
		);
		return { roles: items, default_role, creator_role };
	},
	fields: ({ state, body, row }) =>
		changesOf(state, withoutNull(row ? body : { key: keyFor(body.name), ...body }), row),
	routes: {
		[`POST ${SET}/replace`]: ({ state, row: set, body }) => {
			const { dest_role_set_key: to, reassignment_mappings: after = {} } = body;
			const dest = roleSets.find(state, to);
			const members = membersWith(state, set);
			const roleAfter = (/** @type {Row} */ { role }) => after[role] ?? role;
			const lost = members.find((member) => !dest.roles.includes(roleAfter(member)));
			refuse(
				dest === set && badValue('dest_role_set_key', 'must be another role set'),
				lost && badValue('reassignment_mappings', `must say what ${lost.role} becomes`),
			);
			for (const member of members) member.role = roleAfter(member);
			for (const one of organizationsWith(state, set)) one.role_set_key = dest.key;
			if (set.type === 'initial') dest.type = 'initial';
			state.roleSets.remove(set);
			return { object: 'role_set', id: set.id, deleted: true };
		},
		[`POST ${SET}/roles`]: ({ state, row, body: { role_keys: added, ...body }, save }) =>
			save(changesOf(state, { ...body, roles: [...new Set([...row.roles, ...added])] }, row)),
		[`POST ${SET}/roles/replace`]: ({ state, row: set, body, save }) => {
			const { role_key: from, to_role_key: to } = body;
			const isOther = set.roles.includes(to) && to !== from;
			refuse(
				!set.roles.includes(from) && badValue('role_key', 'must be one of the set'),
				!isOther && badValue('to_role_key', 'must be another one of the set'),
			);
			for (const member of membersWith(state, set)) if (member.role === from) member.role = to;
			replaceInSet(set, from, to);
			return save({ roles: [...new Set(set.roles)] });
		},
	},
});

module.exports = {
	...together({ permissions, roles, roleSets }),
	newPermission: permissions.make,
	newRole: roles.make,
	newRoleSet: roleSets.make,
	presentRole,
	roleOf,
};
