'use strict';

const { badValue, refuse, taken } = require('../errors');
const {
	membersWith,
	newRoleSet,
	organizationsWith,
	presentRoleSet,
} = require('../records/roleSet');
const { defineResource } = require('../resource');

/** @typedef {import('../records/roleSet').RoleSetRow} RoleSetRow */

/** What a set would be must hang together. @param {State} state @param {Omit<RoleSetRow, 'id' | 'created_at' | 'updated_at'>} wanted @param {RoleSetRow} [self] */
function setRules(state, wanted, self) {
	const unknown = wanted.roles.filter((role) => state.roles.where('key', role).length === 0);
	const isTaken = state.roleSets.where('key', wanted.key).some((other) => other !== self);
	const named = /** @type {const} */ (['default_role_key', 'creator_role_key']);
	const outside = named.filter((name) => !wanted.roles.includes(wanted[name]));
	refuse(
		...(isTaken ? [taken('key')] : []),
		...unknown.map((role) => badValue('roles', `has no role ${role}`)),
		...outside.map((name) => badValue(name, 'must be one of the roles of the set')),
		...(wanted.roles.length < 1 || wanted.roles.length > 10
			? [badValue('roles', 'must be 1 to 10')]
			: []),
	);
}

/** @param {Values} body */
const withoutNull = (body) =>
	Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

/** @param {State} state @param {RoleSetRow} set @param {Partial<RoleSetRow>} changes */
function save(state, set, changes) {
	setRules(state, { ...set, ...changes }, set);
	if (changes.type === 'initial') {
		for (const other of state.roleSets.rows) other.type = 'custom';
	}
	if (changes.key) {
		for (const organization of state.organizations.rows) {
			if (organization.role_set_key === set.key) organization.role_set_key = changes.key;
		}
	}
	return state.roleSets.update(set, { updated_at: state.clock(), ...changes });
}

/** @param {State} state @param {Values} given */
function create(state, given) {
	const body = withoutNull(given);
	const slug = body.name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
	const fields = /** @type {any} */ ({ key: `role_set:${slug}`, type: 'custom', ...body });
	setRules(state, fields);
	const set = state.roleSets.insert(newRoleSet(state, { ...fields, type: 'custom' }));
	return save(state, set, { type: fields.type });
}

/** @param {State} state @param {RoleSetRow} set @param {Values} body */
function replace(state, set, { dest_role_set_key: to, reassignment_mappings: mappings = {} }) {
	const dest = sets.find(state, to);
	refuse(...(dest === set ? [badValue('dest_role_set_key', 'must be another role set')] : []));
	const members = membersWith(state, set);
	const roleOf = (/** @type {string} */ role) =>
		Object.hasOwn(mappings, role) ? mappings[role] : role;
	const lost = members.find(({ role }) => !dest.roles.includes(roleOf(role)));
	refuse(
		...(lost ? [badValue('reassignment_mappings', `must say what ${lost.role} becomes`)] : []),
	);
	for (const member of members) member.role = roleOf(member.role);
	for (const organization of organizationsWith(state, set)) organization.role_set_key = dest.key;
	if (set.type === 'initial') dest.type = 'initial';
	state.roleSets.remove(set);
	return { object: 'role_set', id: set.id, deleted: true };
}

/** @param {State} state @param {RoleSetRow} set @param {Values} body */
function replaceRole(state, set, { role_key: from, to_role_key: to }) {
	refuse(
		...(set.roles.includes(from) ? [] : [badValue('role_key', 'must be one of the set')]),
		...(set.roles.includes(to) && to !== from
			? []
			: [badValue('to_role_key', 'must be another one of the set')]),
	);
	for (const member of membersWith(state, set)) if (member.role === from) member.role = to;
	const instead = (/** @type {string} */ role) => (role === from ? to : role);
	return save(state, set, {
		roles: set.roles.filter((role) => role !== from),
		default_role_key: instead(set.default_role_key),
		creator_role_key: instead(set.creator_role_key),
	});
}

const SET = '/role_sets/{role_set_key_or_id}';

const sets = defineResource({
	path: '/role_sets',
	table: 'roleSets',
	isNamed: (set, keyOrId) => [set.key, set.id].includes(keyOrId),
	search: ['name', 'key'],
	shown: presentRoleSet,
	routes: {
		'POST /role_sets': ({ state, body }) => create(state, body),
		[`PATCH ${SET}`]: ({ state, row, body }) =>
			save(state, /** @type {RoleSetRow} */ (row), withoutNull(body)),
		[`POST ${SET}/replace`]: ({ state, row, body }) =>
			replace(state, /** @type {RoleSetRow} */ (row), body),
		[`POST ${SET}/roles`]: ({ state, row, body: { role_keys: added, ...body } }) =>
			save(state, /** @type {RoleSetRow} */ (row), {
				...body,
				roles: [...new Set([...row.roles, ...added])],
			}),
		[`POST ${SET}/roles/replace`]: ({ state, row, body }) =>
			replaceRole(state, /** @type {RoleSetRow} */ (row), body),
	},
});

module.exports = sets;
