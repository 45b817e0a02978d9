'use strict';

const { refusal } = require('../errors');
const { all, inOrder, takePage, walk } = require('../lists');
const { merged } = require('../metadata');
const { presentUser, primaryEmail, primaryPhone } = require('../records/user');
const { described } = require('../schemas');
const { startOf, userFilters } = require('./userFilters');
const { ban, createUser, deleteUser, findUser, save, unban, updateUser } = require('./userWrites');

/** @typedef {import('../records/user').UserRow} UserRow */

/** @type {Record<string, (user: UserRow) => string | number | null>} */
const ORDERS = {
	updated_at: (user) => user.updated_at,
	email_address: primaryEmail,
	web3wallet: (user) => user.web3_wallets[0]?.web3_wallet ?? null,
	first_name: (user) => user.first_name,
	last_name: (user) => user.last_name,
	phone_number: primaryPhone,
	username: (user) => user.username,
	last_active_at: (user) => user.last_active_at,
	last_sign_in_at: (user) => user.last_sign_in_at,
};

/**
 * Nobody is changed when one of the users does not exist.
 *
 * @param {typeof ban} change
 * @returns {import('../server').Route['respond']}
 */
const toEach =
	(change) =>
	({ state, body }) => {
		const ids = /** @type {string[]} */ (body.user_ids);
		const unknown = ids.filter((id) => !state.users.get(id));
		if (unknown.length > 0) {
			const message = `No user was found with id ${unknown.join(', ')}.`;
			throw refusal(400, 'resource_not_found', message);
		}
		return ids.map((id) => change(state, findUser(state, id)));
	};

module.exports = described({
	'GET /users': ({ state, query }) => {
		const rows = walk(inOrder(state.users, query.order_by, ORDERS), startOf(state, query));
		const page = takePage(rows, all(userFilters(state, query)), query);
		return page.map(presentUser);
	},
	'GET /users/count': ({ state, query }) => {
		const filters = userFilters(state, query);
		const total =
			filters.length === 0 ? state.users.size : state.users.rows.filter(all(filters)).length;
		return { object: 'total_count', total_count: total };
	},
	'POST /users': ({ state, body }) => createUser(state, body),
	'POST /users/ban': toEach(ban),
	'POST /users/unban': toEach(unban),
	'GET /users/{user_id}': ({ state, params }) => presentUser(findUser(state, params.user_id)),
	'PATCH /users/{user_id}': {
		updates: 'user',
		respond: ({ state, params, body }) => updateUser(state, findUser(state, params.user_id), body),
	},
	'DELETE /users/{user_id}': ({ state, params }) =>
		deleteUser(state, findUser(state, params.user_id)),
	'PATCH /users/{user_id}/metadata': {
		updates: 'user',
		respond: ({ state, params, body }) => {
			const user = findUser(state, params.user_id);
			return save(state, user, merged(user, body));
		},
	},
	'PUT /users/{user_id}/metadata': {
		updates: 'user',
		respond: ({ state, params, body }) => save(state, findUser(state, params.user_id), body),
	},
	'POST /users/{user_id}/ban': ({ state, params }) => ban(state, findUser(state, params.user_id)),
	'POST /users/{user_id}/unban': ({ state, params }) =>
		unban(state, findUser(state, params.user_id)),
});
