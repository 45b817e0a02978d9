'use strict';

const { badValue, refuse, taken } = require('../errors');
const { newRoleSet, roleOf } = require('../records/role');
const { defineResource } = require('../resource');

/** The organizations that have a set; those that chose none have the initial one. @param {State} state @param {Row} set */
const organizationsWith = (state, { key, type }) =>
	state.organizations.rows.filter(
		({ role_set_key: chosen }) => chosen === key || (chosen === null && type === 'initial'),
	);

/** @param {State} state @param {Row} set */
const membersWith = (state, set) =>
	organizationsWith(state, set).flatMap(({ id }) => [
		...state.memberships.where('organization_id', id),
	]);

/** What a set would be must hang together. @param {State} state @param {Values} wanted @param {Row} [self] */
function setRules(state, wanted, self) {
	/** @type {string[]} */
	const roles = wanted.roles;
	const isTaken = state.roleSets.where('key', wanted.key).some((other) => other !== self);
	const outside = ['default_role_key', 'creator_role_key'].filter(
		(name) => !roles.includes(wanted[name]),
	);
	refuse(
		...(isTaken ? [taken('key')] : []),
		...roles
			.filter((role) => !roleOf(state, role))
			.map((role) => badValue('roles', `has no role ${role}`)),
		...outside.map((name) => badValue(name, 'must be one of the roles of the set')),
		...(roles.length < 1 || roles.length > 10 ? [badValue('roles', 'must be 1 to 10')] : []),
	);
}

/** @param {Values} body */
const withoutNull = (body) =>
	Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

/** @param {State} state @param {Row} set @param {Values} changes */
function change(state, set, changes) {
	setRules(state, { ...set, ...changes }, set);
	if (changes.type === 'initial') {
		for (const other of state.roleSets.rows) other.type = 'custom';
	}
	if (changes.key) {
		for (const organization of state.organizations.where('role_set_key', set.key)) {
			organization.role_set_key = changes.key;
		}
	}
	return state.roleSets.update(set, { updated_at: state.clock(), ...changes });
}

/** @param {Call} call */
function create({ state, body: given }) {
	const body = withoutNull(given);
	const slug = body.name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
	const { type = 'custom', ...fields } = { key: `role_set:${slug}`, ...body };
	setRules(state, fields);
	return change(state, newRoleSet(state, /** @type {any} */ (fields)), { type });
}

/** @param {Call} call */
function replace({ state, row: set, body }) {
	const { dest_role_set_key: to, reassignment_mappings: mappings = {} } = body;
	const dest = sets.find(state, to);
	refuse(...(dest === set ? [badValue('dest_role_set_key', 'must be another role set')] : []));
	const members = membersWith(state, set);
	const roleAfter = (/** @type {string} */ role) =>
		Object.hasOwn(mappings, role) ? mappings[role] : role;
	const lost = members.find(({ role }) => !dest.roles.includes(roleAfter(role)));
	refuse(
		...(lost ? [badValue('reassignment_mappings', `must say what ${lost.role} becomes`)] : []),
	);
	for (const member of members) member.role = roleAfter(member.role);
	for (const organization of organizationsWith(state, set)) organization.role_set_key = dest.key;
	if (set.type === 'initial') dest.type = 'initial';
	state.roleSets.remove(set);
	return { object: 'role_set', id: set.id, deleted: true };
}

/** @param {Call} call */
function replaceRole({ state, row: set, body: { role_key: from, to_role_key: to } }) {
	/** @type {string[]} */
	const roles = set.roles;
	const isOther = roles.includes(to) && to !== from;
	refuse(
		...(roles.includes(from) ? [] : [badValue('role_key', 'must be one of the set')]),
		...(isOther ? [] : [badValue('to_role_key', 'must be another one of the set')]),
	);
	for (const member of membersWith(state, set)) if (member.role === from) member.role = to;
	const instead = (/** @type {string} */ role) => (role === from ? to : role);
	return change(state, set, {
		roles: roles.filter((role) => role !== from),
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
	routes: {
		'POST /role_sets': create,
		[`PATCH ${SET}`]: ({ state, row, body }) => change(state, row, withoutNull(body)),
		[`POST ${SET}/replace`]: replace,
		[`POST ${SET}/roles`]: ({ state, row, body: { role_keys: added, ...body } }) =>
			change(state, row, { ...body, roles: [...new Set([...row.roles, ...added])] }),
		[`POST ${SET}/roles/replace`]: replaceRole,
	},
});

module.exports = sets;
