'use strict';

const { refusal } = require('../errors');
const { defineResource } = require('../resource');

/** @param {Row} permission */
function ownOnly({ type }) {
	if (type === 'system') {
		throw refusal(403, 'system_permission_not_modifiable', 'A system permission stays as it is.');
	}
}

/** Roles hold their permissions by key. @param {State} state @param {string} key @param {string[]} instead */
function inRoles(state, key, instead) {
	for (const role of state.roles.rows) {
		role.permissions = role.permissions.flatMap((/** @type {string} */ one) =>
			one === key ? instead : [one],
		);
	}
}

module.exports = defineResource({
	path: '/organization_permissions',
	table: 'permissions',
	prefix: 'perm',
	search: ['name', 'key'],
	defaults: () => ({ description: '', type: 'user' }),
	unique: ['key'],
	fields({ state, body, row }) {
		if (row) ownOnly(row);
		if (row && body.key) inRoles(state, row.key, [body.key]);
		return body;
	},
	removing(permission, state) {
		ownOnly(permission);
		inRoles(state, permission.key, []);
	},
});
