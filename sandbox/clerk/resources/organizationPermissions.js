'use strict';

const { crud } = require('../crud');
const { refusal, refuse, taken } = require('../errors');
const { newPermission } = require('../records/role');
const { searchable } = require('../searchable');
const { open, text } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/role').PermissionRow} PermissionRow */

const permissions = crud({
	object: 'permission',
	table: (/** @type {State} */ { permissions: table }) => table,
});

const fields = {
	name: text,
	key: { ...text, pattern: '^org:(?!sys_)[a-z0-9_]+:[a-z0-9_]+$' },
	description: text,
};

/** @param {State} state @param {{ key?: string }} body @param {PermissionRow} [self] */
function keyRules(state, { key }, self) {
	const others = key === undefined ? [] : state.permissions.where('key', key);
	refuse(...(others.some((other) => other !== self) ? [taken('key')] : []));
}

/** @param {PermissionRow} permission */
function ownOnly({ type }) {
	if (type === 'system') {
		throw refusal(403, 'system_permission_not_modifiable', 'A system permission stays as it is.');
	}
}

/** Roles hold their permissions by key. @param {State} state @param {string} key @param {string[]} instead */
function inRoles(state, key, instead) {
	for (const role of state.roles.rows) {
		role.permissions = role.permissions.flatMap((one) => (one === key ? instead : [one]));
	}
}

/** @type {import('../server').Routes} */
module.exports = {
	'GET /organization_permissions': permissions.list(...searchable('name', 'key')),
	'POST /organization_permissions': {
		body: open(fields, ['name', 'key']),
		respond: ({ state, body }) => {
			keyRules(state, body);
			const { name = '', key = '', description = '' } = body;
			const permission = newPermission(state, { name, key });
			return permissions.save(state, permission, { description });
		},
	},
	'GET /organization_permissions/{permission_id}': permissions.get('permission_id'),
	'PATCH /organization_permissions/{permission_id}': permissions.update(
		'permission_id',
		open(fields),
		(body, permission, state) => {
			ownOnly(permission);
			keyRules(state, body, permission);
			if (body.key) inRoles(state, permission.key, [body.key]);
			return body;
		},
	),
	'DELETE /organization_permissions/{permission_id}': permissions.delete(
		'permission_id',
		(permission, state) => {
			ownOnly(permission);
			inRoles(state, permission.key, []);
		},
	),
};
