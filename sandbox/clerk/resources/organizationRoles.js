'use strict';

const { inOrder, walk, withTotal } = require('../lists');
const { presentRole } = require('../records/role');
const { open, orderBy, paging, text } = require('../validation');

/** @typedef {import('../records/role').RoleRow} RoleRow */

/** @type {Record<string, (role: RoleRow) => string>} */
const ORDERS = { name: (role) => role.name, key: (role) => role.key };

/** @param {RoleRow} role @param {string} query */
const fits = (role, query) =>
	role.id === query ||
	[role.name, role.key].some((value) => value.toLowerCase().includes(query.toLowerCase()));

/** @type {import('../server').Routes} */
module.exports = {
	'GET /organization_roles': {
		query: open({
			...paging,
			query: text,
			order_by: orderBy(['created_at', ...Object.keys(ORDERS)], '-created_at'),
		}),
		answer: ({ state, query }) => {
			const rows = [...walk(inOrder(state.roles, query.order_by, ORDERS))].filter(
				(role) => query.query === undefined || fits(role, query.query),
			);
			return withTotal(rows, query, (role) => presentRole(state, role));
		},
	},
};
