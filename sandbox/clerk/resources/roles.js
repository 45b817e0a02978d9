'use strict';

const { badValue, notFound, refusal, refuse, taken } = require('../errors');
const { defineResource, withoutNull } = require('../resource');

/** Permissions, roles that hold permissions by key, and sets that hold roles by key. */

/** A list of keys in which one is another, or no longer there. @param {string[]} keys @param {string} before @param {string} [after] */
const replaced = (keys, before, after) =>
	keys.flatMap((key) => (key === before ? (after ?? []) : [key]));

/** @param {Row} permission */
function ownOnly({ type }) {
	if (type === 'system') {
		throw refusal(403, 'system_permission_not_modifiable', 'A system permission stays as it is.');
	}
}

/** Roles hold their permissions by key. @param {State} state @param {string} before @param {string} [after] */
function renamePermission(state, before, after) {
	for (const role of state.roles.rows) {
		role.permissions = replaced(role.permissions, before, after);
	}
}

const permissions = defineResource({
	path: '/organization_permissions',
	table: 'permissions',
	prefix: 'perm',
	search: ['name', 'key'],
	defaults: (_state, { name }) => ({
		description: `Permission to ${name.toLowerCase()}`,
		type: 'user',
	}),
	unique: ['key'],
	fields({ state, body, row }) {
		if (row) ownOnly(row);
		if (row && body.key) renamePermission(state, row.key, body.key);
		return body;
	},
	removing(permission, state) {
		ownOnly(permission);
		renamePermission(state, permission.key);
	},
});

/** @param {State} state @param {string} key @returns {any} */
const roleOf = (state, key) => state.roles.where('key', key)[0];

/** With its permissions, which it holds by key. @param {State} state @param {Row} role @returns {Row} */
const presentRole = (state, role) => ({
	...role,
	permissions: role.permissions.flatMap((/** @type {string} */ key) =>
		state.permissions.where('key', key),
	),
});

/** What holds a role by its key: members, invitations and role sets. @param {State} state @param {string} before @param {string} after */
function renameRole(state, before, after) {
	for (const row of [...state.memberships.rows, ...state.organizationInvitations.rows]) {
		if (row.role === before) row.role = after;
	}
	for (const set of state.roleSets.rows) replaceInSet(set, before, after);
}

/** @param {Row} set @param {string} before @param {string} after */
function replaceInSet(set, before, after) {
	set.roles = replaced(set.roles, before, after);
	for (const field of ['default_role_key', 'creator_role_key']) {
		if (set[field] === before) set[field] = after;
	}
}

/** @param {Row} role @param {State} state */
function mustBeFree({ key }, { memberships, organizationInvitations, roleSets }) {
	const isUsed =
		[...memberships.rows, ...organizationInvitations.rows].some(({ role }) => role === key) ||
		roleSets.rows.some((set) => [set.default_role_key, set.creator_role_key].includes(key));
	if (isUsed) throw refusal(422, 'organization_role_in_use', 'The role is in use.');
	for (const set of roleSets.rows) set.roles = replaced(set.roles, key);
}

const ROLE = '/organization_roles/{organization_role_id}';

const roles = defineResource({
	path: '/organization_roles',
	table: 'roles',
	prefix: 'role',
	search: ['name', 'key'],
	defaults: () => ({ description: null, is_creator_eligible: false, permissions: [] }),
	shown: (role, state) => presentRole(state, role),
	unique: ['key'],
	fields({ state, row, body: { include_in_initial_role_set, permissions: ids, ...body } }) {
		const keys = ids?.map((/** @type {string} */ id) => permissions.find(state, id).key);
		if (row && body.key) renameRole(state, row.key, body.key);
		for (const set of state.roleSets.rows) {
			const isWanted = set.type === 'initial' && include_in_initial_role_set === true;
			if (isWanted) set.roles = [...set.roles, body.key];
		}
		return { ...body, ...(keys && { permissions: keys }) };
	},
	removing: mustBeFree,
	routes: {
		[`POST ${ROLE}/permissions/{permission_id}`]: ({ state, params, row, save }) => {
			const { key } = permissions.find(state, params.permission_id);
			if (row.permissions.includes(key)) {
				throw refusal(409, 'permission_already_assigned', 'The role has the permission.');
			}
			return save({ permissions: [...row.permissions, key] });
		},
		[`DELETE ${ROLE}/permissions/{permission_id}`]: ({ state, params, row, save }) => {
			const { id, key } = permissions.find(state, params.permission_id);
			if (!row.permissions.includes(key)) throw notFound('permission of the role', id);
			return save({ permissions: replaced(row.permissions, key) });
		},
	},
});

/** The organizations that have a set; those that chose none have the initial one. @param {State} state @param {Row} set */
const organizationsWith = (state, { key, type }) =>
	state.organizations.rows.filter(
		({ role_set_key: chosen }) => chosen === key || (chosen === null && type === 'initial'),
	);

/** @param {State} state @param {Row} set @returns {Row[]} */
const membersWith = (state, set) =>
	organizationsWith(state, set).flatMap(({ id }) => [
		...state.memberships.where('organization_id', id),
	]);

/** What a set would be must hang together. @param {State} state @param {Values} wanted @param {Row} [self] */
function checkSet(state, { roles: keys, ...wanted }, self) {
	const isTaken = state.roleSets.where('key', wanted.key).some((other) => other !== self);
	const unknown = keys.filter((/** @type {string} */ key) => !roleOf(state, key));
	const outside = ['default_role_key', 'creator_role_key'].filter(
		(name) => !keys.includes(wanted[name]),
	);
	refuse(
		isTaken && taken('key'),
		unknown.length > 0 && badValue('roles', `has no role ${unknown.join(', ')}`),
		...outside.map((name) => badValue(name, 'must be one of the roles of the set')),
		(keys.length < 1 || keys.length > 10) && badValue('roles', 'must be 1 to 10'),
	);
}

/** What changes with a set: one is the initial one, and organizations have theirs by key. @param {State} state @param {Values} changes @param {Row} [set] */
function changesOf(state, changes, set) {
	checkSet(state, { ...set, ...changes }, set);
	for (const other of state.roleSets.rows) {
		if (changes.type === 'initial') other.type = 'custom';
	}
	for (const organization of state.organizations.where('role_set_key', set?.key ?? '')) {
		organization.role_set_key = changes.key ?? organization.role_set_key;
	}
	return changes;
}

/** @param {string} name */
const keyFor = (name) => `role_set:${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;

/** @param {Call} call */
function replaceSet({ state, row: set, body }) {
	const { dest_role_set_key: to, reassignment_mappings: mappings = {} } = body;
	const dest = roleSets.find(state, to);
	const members = membersWith(state, set);
	const after = new Map(Object.entries(mappings));
	const roleAfter = (/** @type {Row} */ { role }) => after.get(role) ?? role;
	const lost = members.find((member) => !dest.roles.includes(roleAfter(member)));
	refuse(
		dest === set && badValue('dest_role_set_key', 'must be another role set'),
		lost && badValue('reassignment_mappings', `must say what ${lost.role} becomes`),
	);
	for (const member of members) member.role = roleAfter(member);
	for (const organization of organizationsWith(state, set)) organization.role_set_key = dest.key;
	if (set.type === 'initial') dest.type = 'initial';
	state.roleSets.remove(set);
	return { object: 'role_set', id: set.id, deleted: true };
}

/** @param {Call} call */
function replaceRole({ state, row: set, body: { role_key: from, to_role_key: to }, save }) {
	const isOther = set.roles.includes(to) && to !== from;
	refuse(
		!set.roles.includes(from) && badValue('role_key', 'must be one of the set'),
		!isOther && badValue('to_role_key', 'must be another one of the set'),
	);
	for (const member of membersWith(state, set)) if (member.role === from) member.role = to;
	replaceInSet(set, from, to);
	return save({ roles: [...new Set(set.roles)] });
}

const SET = '/role_sets/{role_set_key_or_id}';

const roleSets = defineResource({
	path: '/role_sets',
	table: 'roleSets',
	prefix: 'roleset',
	isNamed: (set, keyOrId) => [set.key, set.id].includes(keyOrId),
	search: ['name', 'key'],
	defaults: () => ({
		description: null,
		type: 'custom',
		default_role_key: 'org:member',
		creator_role_key: 'org:admin',
	}),
	shown(set, state) {
		const members = membersWith(state, set);
		const items = set.roles.flatMap((/** @type {string} */ key) => {
			const count = members.filter((member) => member.role === key).length;
			const role = roleOf(state, key);
			return role ? [{ ...role, members_count: count, has_members: count > 0 }] : [];
		});
		const named = (/** @type {string} */ wanted) =>
			items.find((/** @type {Row} */ { key }) => key === wanted);
		return {
			roles: items,
			default_role: named(set.default_role_key),
			creator_role: named(set.creator_role_key),
		};
	},
	fields: ({ state, body, row }) =>
		changesOf(state, withoutNull(row ? body : { key: keyFor(body.name), ...body }), row),
	routes: {
		[`POST ${SET}/replace`]: replaceSet,
		[`POST ${SET}/roles`]: ({ state, row, body: { role_keys: added, ...body }, save }) =>
			save(changesOf(state, { ...body, roles: [...new Set([...row.roles, ...added])] }, row)),
		[`POST ${SET}/roles/replace`]: replaceRole,
	},
});

module.exports = {
	newPermission: permissions.make,
	newRole: roles.make,
	newRoleSet: roleSets.make,
	permissions,
	presentRole,
	roleOf,
	roleSets,
	roles,
	routes: { ...permissions.routes, ...roles.routes, ...roleSets.routes },
};
