'use strict';

const { roleOf } = require('./role');

/**
 * @typedef {object} RoleSetRow
 * @property {string} id
 * @property {string} key
 * @property {string} name
 * @property {string | null} description
 * @property {'initial' | 'custom'} type
 * @property {string[]} roles keys
 * @property {string} default_role_key
 * @property {string} creator_role_key
 * @property {number} created_at
 * @property {number} updated_at
 */

/**
 * @param {State} state
 * @param {Partial<RoleSetRow> & Pick<RoleSetRow, 'key' | 'name' | 'roles' | 'default_role_key' | 'creator_role_key'>} fields
 * @returns {RoleSetRow}
 */
function newRoleSet(state, fields) {
	const at = fields.created_at ?? state.clock();
	return {
		description: null,
		type: 'custom',
		created_at: at,
		updated_at: at,
		...fields,
		id: state.newId('roleset', at),
	};
}

/** What every instance begins with. @param {State} state */
const plantDefaultRoleSet = (state) =>
	state.roleSets.insert(
		newRoleSet(state, {
			key: 'role_set:default',
			name: 'Default',
			type: 'initial',
			roles: ['org:admin', 'org:member'],
			default_role_key: 'org:member',
			creator_role_key: 'org:admin',
		}),
	);

/** The organizations that have a set; those that chose none have the initial one. @param {State} state @param {RoleSetRow} set */
const organizationsWith = (state, { key, type }) =>
	state.organizations.rows.filter(
		({ role_set_key: chosen }) => chosen === key || (chosen === null && type === 'initial'),
	);

/** @param {State} state @param {RoleSetRow} set */
const membersWith = (state, set) =>
	organizationsWith(state, set).flatMap(({ id }) => [
		...state.memberships.where('organization_id', id),
	]);

/** @param {RoleSetRow} set @param {State} state */
function presentRoleSet({ roles, default_role_key, creator_role_key, ...shown }, state) {
	const members = membersWith(state, { ...shown, roles, default_role_key, creator_role_key });
	const items = roles.flatMap((key) => {
		const role = roleOf(state, key);
		if (!role) return [];
		const { is_creator_eligible, permissions, ...item } = role;
		const count = members.filter((member) => member.role === key).length;
		return [{ object: 'role_set_item', ...item, members_count: count, has_members: count > 0 }];
	});
	const named = (/** @type {string} */ wanted) => items.find(({ key }) => key === wanted);
	return {
		object: 'role_set',
		...shown,
		roles: items,
		default_role: named(default_role_key),
		creator_role: named(creator_role_key),
	};
}

module.exports = {
	membersWith,
	newRoleSet,
	organizationsWith,
	plantDefaultRoleSet,
	presentRoleSet,
};
