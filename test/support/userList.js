'use strict';

const { RequestError } = require('../../nodes/Clerk/engine/http/outcome');
const { ClerkError } = require('../../sandbox/clerk/errors');
const routes = require('../../sandbox/clerk/resources');
const { createState } = require('../../sandbox/clerk/state');

/**
 * Returns the simulated Clerk's list of users without a server, with functions that add and remove
 * users while the list is read.
 *
 * @param {number} count
 */
function listOfUsers(count) {
	let now = Date.UTC(2026, 0, 1);
	const state = createState({ clock: () => now });

	/** @param {string} line @param {Record<string, unknown>} query @param {Record<string, unknown>} body */
	const call = (line, query, body) =>
		routes[line].respond(/** @type {any} */ ({ state, params: {}, query, body }));

	/** @param {number} more */
	const make = (more) => {
		for (let added = 0; added < more; added += 1) {
			now += 1000;
			const email_address = [`user${now}@example.com`];
			call('POST /users', {}, { email_address, skip_password_requirement: true });
		}
	};
	make(count);

	return {
		make,
		/** Returns the ids, oldest first. */
		ids: () => state.users.rows.map(({ id }) => id),
		/** @param {string} id */
		remove(id) {
			const user = state.users.get(id);
			if (user) state.users.remove(user);
		},
		/** @param {import('../../nodes/Clerk/engine/operation').ApiRequest['query']} [query] */
		respond(query) {
			try {
				return call('GET /users', { limit: 10, offset: 0, order_by: '-created_at', ...query }, {});
			} catch (error) {
				if (!(error instanceof ClerkError)) throw error;
				const { status, errors } = error;
				const request = { method: /** @type {const} */ ('GET'), path: '/users' };
				throw new RequestError({ kind: 'response', status, body: { errors }, request });
			}
		},
	};
}

module.exports = { listOfUsers };
