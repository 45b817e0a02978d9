'use strict';

const { badValue, notFound, refuse, taken } = require('../errors');
const { crud } = require('../crud');
const {
	membersWith,
	newRoleSet,
	organizationsWith,
	presentRoleSet,
} = require('../records/roleSet');
const { given, searchable } = require('../searchable');
const { closed, nullable, open, text, texts } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/roleSet').RoleSetRow} RoleSetRow */

const sets = crud({
	object: 'role_set',
	table: (/** @type {State} */ { roleSets: table }) => table,
	present: presentRoleSet,
});

const key = { ...text, pattern: '^role_set:[a-z0-9_]+$' };

/** @param {State} state @param {string} [keyOrId] */
function find(state, keyOrId = '') {
	const set = state.roleSets.where('key', keyOrId)[0] ?? state.roleSets.get(keyOrId);
	if (!set) throw notFound('role set', keyOrId);
	return set;
}

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
	return sets.save(state, set, changes);
}

/** @param {State} state @param {Record<string, any>} body */
function create(state, body) {
	const slug = body.name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
	const fields = /** @type {any} */ ({ key: `role_set:${slug}`, type: 'custom', ...given(body) });
	setRules(state, fields);
	const set = state.roleSets.insert(newRoleSet(state, { ...fields, type: 'custom' }));
	return save(state, set, { type: fields.type });
}

/** @param {State} state @param {RoleSetRow} set @param {Record<string, any>} body */
function replace(state, set, { dest_role_set_key: to, reassignment_mappings: mappings = {} }) {
	const dest = find(state, to);
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

/** @param {State} state @param {RoleSetRow} set @param {Record<string, any>} body */
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

/** @type {import('../server').Routes} */
module.exports = {
	'GET /role_sets': sets.list(...searchable('name', 'key')),
	'POST /role_sets': {
		body: closed(
			{
				name: text,
				key,
				description: nullable(text),
				default_role_key: text,
				creator_role_key: text,
				type: { ...text, enum: ['initial', 'custom'] },
				roles: texts,
			},
			['name', 'default_role_key', 'creator_role_key', 'roles'],
		),
		respond: ({ state, body }) => create(state, body),
	},
	'GET /role_sets/{role_set_key_or_id}': {
		respond: ({ state, params }) => presentRoleSet(find(state, params.role_set_key_or_id), state),
	},
	'PATCH /role_sets/{role_set_key_or_id}': {
		body: open({
			name: nullable(text),
			key: nullable(key),
			description: nullable(text),
			type: nullable({ ...text, enum: ['initial'] }),
			default_role_key: nullable(text),
			creator_role_key: nullable(text),
		}),
		respond: ({ state, params, body }) =>
			save(state, find(state, params.role_set_key_or_id), given(body)),
	},
	'POST /role_sets/{role_set_key_or_id}/replace': {
		body: open(
			{
				dest_role_set_key: text,
				reassignment_mappings: { additionalProperties: text },
			},
			['dest_role_set_key'],
		),
		respond: ({ state, params, body }) =>
			replace(state, find(state, params.role_set_key_or_id), body),
	},
	'POST /role_sets/{role_set_key_or_id}/roles': {
		body: open({ role_keys: texts, default_role_key: text, creator_role_key: text }, ['role_keys']),
		respond: ({ state, params, body: { role_keys: added, ...body } }) => {
			const set = find(state, params.role_set_key_or_id);
			return save(state, set, { ...body, roles: [...new Set([...set.roles, ...added])] });
		},
	},
	'POST /role_sets/{role_set_key_or_id}/roles/replace': {
		body: open({ role_key: text, to_role_key: text }, ['role_key', 'to_role_key']),
		respond: ({ state, params, body }) =>
			replaceRole(state, find(state, params.role_set_key_or_id), body),
	},
};
