'use strict';

const { refusal, refuse, taken } = require('../errors');
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
		role.permissions = role.permissions.flatMap((one) => (one === key ? instead : [one]));
	}
}

module.exports = defineResource({
	path: '/organization_permissions',
	table: 'permissions',
	prefix: 'perm',
	search: ['name', 'key'],
	defaults: () => ({ description: '', type: 'user' }),
	fields({ state, body, row }) {
		if (row) ownOnly(row);
		const others = body.key === undefined ? [] : state.permissions.where('key', body.key);
		if (others.some((other) => other !== row)) refuse(taken('key'));
		if (row && body.key) inRoles(state, row.key, [body.key]);
		return body;
	},
	removing(permission, state) {
		ownOnly(permission);
		inRoles(state, permission.key, []);
	},
});
