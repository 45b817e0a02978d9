'use strict';

const { refusal } = require('../errors');
const { all, inOrder, takePage, walk } = require('../lists');
const { metadataRoutes } = require('../metadata');
const { clearImage, setImage } = require('../records/image');
const { presentUser, primaryEmail, primaryPhone } = require('../records/user');
const { defineResource } = require('../resource');
const { billingOf } = require('./billing');
const { startOf, userFilters } = require('./userFilters');
const { ban, createUser, findUser, removing, unban, updateUser } = require('./userWrites');

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

/** Nobody is changed when one of the users does not exist. @param {typeof ban} change @returns {(call: Call) => UserRow[]} */
const toEach =
	(change) =>
	({ state, body: { user_ids: ids } }) => {
		const unknown = ids.filter((/** @type {string} */ id) => !state.users.get(id));
		if (unknown.length > 0) {
			const message = `No user was found with id ${unknown.join(', ')}.`;
			throw refusal(400, 'resource_not_found', message);
		}
		return ids.map((/** @type {string} */ id) => change(state, findUser(state, id)));
	};

const USER = '/users/{user_id}';

module.exports = defineResource({
	path: '/users',
	table: 'users',
	present: presentUser,
	removing,
	routes: {
		'GET /users': {
			pages: true,
			respond({ state, query }) {
				const rows = walk(inOrder(state.users, query.order_by, ORDERS), startOf(state, query));
				return takePage(rows, all(userFilters(state, query)), query);
			},
		},
		'GET /users/count': ({ state, query }) => {
			const filters = userFilters(state, query);
			const { rows } = state.users;
			return { total_count: filters.length === 0 ? rows.length : rows.filter(all(filters)).length };
		},
		'POST /users': ({ state, body }) => createUser(state, body),
		'POST /users/ban': toEach(ban),
		'POST /users/unban': toEach(unban),
		[`PATCH ${USER}`]: { updates: 'user', respond: updateUser },
		...metadataRoutes(USER, 'user'),
		[`POST ${USER}/ban`]: ({ state, row }) => ban(state, /** @type {UserRow} */ (row)),
		[`POST ${USER}/unban`]: ({ state, row }) => unban(state, /** @type {UserRow} */ (row)),
		[`POST ${USER}/profile_image`]: (call) => setImage(call, 'profile_image_id'),
		[`DELETE ${USER}/profile_image`]: (call) => clearImage(call, 'profile_image_id'),
		...billingOf(USER, 'user'),
		...require('./userIdentifications'),
		...require('./userSecurity'),
	},
});
