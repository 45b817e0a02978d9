'use strict';

const { refusal } = require('../errors');
const { metadataRoutes } = require('../metadata');
const { clearImage, setImage } = require('../records/image');
const { presentUser } = require('../records/user');
const { defineResource } = require('../resource');
const { billingOf } = require('./billing');
const { filters, orders } = require('./userFilters');
const { ban, createUser, findUser, removing, unban, updateUser } = require('./userWrites');

/**
 * Changes no user when one of them does not exist.
 *
 * @param {typeof ban} change
 * @returns {(call: Call) => UserRow[]}
 */
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
	filters,
	orders,
	routes: {
		'GET /users/count': ({ rows }) => ({ total_count: rows().length }),
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
		...require('./identifications').ofUser,
		...require('./userSecurity'),
	},
});
