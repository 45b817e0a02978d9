'use strict';

const { notFound, refusal } = require('../errors');
const { presentRole } = require('../records/role');
const { defineResource } = require('../resource');

/** @param {State} state @param {string} [id] */
function keyOfPermission(state, id = '') {
	const permission = state.permissions.get(id);
	if (!permission) throw notFound('permission', id);
	return permission.key;
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

/** @param {Row} role @param {State} state */
function mustBeFree(role, state) {
	const isUsed =
		state.memberships.rows.some((member) => member.role === role.key) ||
		state.organizationInvitations.rows.some((invitation) => invitation.role === role.key) ||
		state.roleSets.rows.some((set) =>
			[set.default_role_key, set.creator_role_key].includes(role.key),
		);
	if (isUsed) throw refusal(422, 'organization_role_in_use', 'The role is in use.');
	for (const set of state.roleSets.rows)
		set.roles = set.roles.filter((/** @type {string} */ one) => one !== role.key);
}

const ROLE = '/organization_roles/{organization_role_id}';

module.exports = defineResource({
	path: '/organization_roles',
	table: 'roles',
	prefix: 'role',
	search: ['name', 'key'],
	defaults: () => ({ description: null, is_creator_eligible: false, permissions: [] }),
	shown: (role, state) => presentRole(state, role),
	unique: ['key'],
	fields({ state, row, body: { include_in_initial_role_set, permissions: ids, ...body } }) {
		const permissions = ids?.map((/** @type {string} */ id) => keyOfPermission(state, id));
		if (row && body.key) rename(state, row.key, body.key);
		for (const set of state.roleSets.rows) {
			const isWanted = set.type === 'initial' && include_in_initial_role_set === true;
			if (isWanted) set.roles = [...set.roles, body.key];
		}
		return { ...body, ...(permissions && { permissions }) };
	},
	removing: mustBeFree,
	routes: {
		[`POST ${ROLE}/permissions/{permission_id}`]: ({ state, params, row, save }) => {
			const wanted = keyOfPermission(state, params.permission_id);
			if (row.permissions.includes(wanted)) {
				throw refusal(409, 'permission_already_assigned', 'The role has the permission.');
			}
			return save({ permissions: [...row.permissions, wanted] });
		},
		[`DELETE ${ROLE}/permissions/{permission_id}`]: ({ state, params, row, save }) => {
			const unwanted = keyOfPermission(state, params.permission_id);
			if (!row.permissions.includes(unwanted)) {
				throw notFound('permission of the role', params.permission_id ?? '');
			}
			const others = row.permissions.filter((/** @type {string} */ one) => one !== unwanted);
			return save({ permissions: others });
		},
	},
});
