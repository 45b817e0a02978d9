'use strict';

const { crud } = require('../crud');
const { notFound, refusal, refuse, taken } = require('../errors');
const { newRole, presentRole } = require('../records/role');
const { given, searchable } = require('../searchable');
const { closed, flag, nullable, open, text, texts } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/role').RoleRow} RoleRow */

const roles = crud({
	object: 'role',
	table: (/** @type {State} */ { roles: table }) => table,
	present: (role, state) => presentRole(state, role),
});

const key = { ...text, pattern: '^org:[a-z0-9_]+$' };

/** @param {State} state @param {string} [id] */
function keyOfPermission(state, id = '') {
	const permission = state.permissions.get(id);
	if (!permission) throw notFound('permission', id);
	return permission.key;
}

/** @param {State} state @param {Record<string, any>} body @param {RoleRow} [self] */
function settingsOf(state, { include_in_initial_role_set, permissions, ...body }, self) {
	const others = body.key ? state.roles.where('key', body.key) : [];
	refuse(...(others.some((other) => other !== self) ? [taken('key')] : []));
	const keys = permissions?.map((/** @type {string} */ id) => keyOfPermission(state, id));
	return { ...given(body), ...(keys && { permissions: keys }) };
}

/** What holds a role by its key: members, invitations and role sets. @param {State} state @param {string} before @param {string} after */
function rename(state, before, after) {
	const named = (/** @type {string} */ one) => (one === before ? after : one);
	for (const row of [...state.memberships.rows, ...state.organizationInvitations.rows]) {
		row.role = named(row.role);
	}
	for (const set of state.roleSets.rows) {
		set.roles = set.roles.map(named);
		set.default_role_key = named(set.default_role_key);
		set.creator_role_key = named(set.creator_role_key);
	}
}

/** @param {RoleRow} role @param {State} state */
function mustBeFree(role, state) {
	const isUsed =
		state.memberships.rows.some((member) => member.role === role.key) ||
		state.organizationInvitations.rows.some((invitation) => invitation.role === role.key) ||
		state.roleSets.rows.some((set) =>
			[set.default_role_key, set.creator_role_key].includes(role.key),
		);
	if (isUsed) throw refusal(422, 'organization_role_in_use', 'The role is in use.');
	for (const set of state.roleSets.rows) set.roles = set.roles.filter((one) => one !== role.key);
}

/** @type {import('../server').Routes} */
module.exports = {
	'GET /organization_roles': roles.list(...searchable('name', 'key')),
	'POST /organization_roles': {
		body: closed(
			{
				name: text,
				key,
				description: nullable(text),
				permissions: nullable(texts),
				include_in_initial_role_set: nullable(flag),
			},
			['name', 'key'],
		),
		respond: ({ state, body }) => {
			const settings = /** @type {any} */ (settingsOf(state, body));
			const role = newRole(state, settings);
			for (const set of state.roleSets.rows) {
				const isWanted = set.type === 'initial' && body.include_in_initial_role_set === true;
				if (isWanted) set.roles = [...set.roles, role.key];
			}
			return presentRole(state, role);
		},
	},
	'GET /organization_roles/{organization_role_id}': roles.get('organization_role_id'),
	'PATCH /organization_roles/{organization_role_id}': roles.update(
		'organization_role_id',
		open({
			name: nullable(text),
			key: nullable(key),
			description: nullable(text),
			permissions: nullable(texts),
		}),
		(body, role, state) => {
			const settings = settingsOf(state, body, role);
			if (body.key) rename(state, role.key, body.key);
			return settings;
		},
	),
	'DELETE /organization_roles/{organization_role_id}': roles.delete(
		'organization_role_id',
		mustBeFree,
	),
	'POST /organization_roles/{organization_role_id}/permissions/{permission_id}': {
		respond: ({ state, params }) => {
			const role = roles.find(state, params.organization_role_id);
			const wanted = keyOfPermission(state, params.permission_id);
			if (role.permissions.includes(wanted)) {
				throw refusal(409, 'permission_already_assigned', 'The role has the permission.');
			}
			return roles.save(state, role, { permissions: [...role.permissions, wanted] });
		},
	},
	'DELETE /organization_roles/{organization_role_id}/permissions/{permission_id}': {
		respond: ({ state, params }) => {
			const role = roles.find(state, params.organization_role_id);
			const unwanted = keyOfPermission(state, params.permission_id);
			if (!role.permissions.includes(unwanted)) {
				throw notFound('permission of the role', params.permission_id ?? '');
			}
			const permissions = role.permissions.filter((one) => one !== unwanted);
			return roles.save(state, role, { permissions });
		},
	},
};
