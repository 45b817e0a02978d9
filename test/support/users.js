'use strict';

const { errorResponse, response } = require('./scripted');

/** Parameters of the operations on users, and Clerk's responses to them. */

/** @typedef {Record<string, unknown>} Values */

/** @param {unknown} value */
const byId = (value) => ({ __rl: true, mode: 'id', value });

/** @param {string} value */
const byEmail = (value) => ({ __rl: true, mode: 'emailAddress', value });

/** @param {unknown} value */
const byExternalId = (value) => ({ __rl: true, mode: 'externalId', value });

/** Returns a function that adds values to the parameters of an operation. @param {string} resource @param {string} operation */
const parametersOf =
	(resource, operation) =>
	/** @param {Values} [values] @returns {Values} */
	(values = {}) => ({ resource, operation, options: {}, ...values });

const getUser = parametersOf('user', 'get');
const updateUser = parametersOf('user', 'update');
const createUser = parametersOf('user', 'create');
const deleteUser = parametersOf('user', 'delete');
const listUsers = parametersOf('user', 'getAll');

/** Returns the parameters of an item for each ID. @param {string[]} ids */
const gets = (...ids) => ids.map((id) => getUser({ userId: byId(id) }));

/** Returns the user's ID in the path of a request. @param {import('./scripted').Sent} sent */
const userIn = ({ url }) => /\/users\/([^/?]+)/.exec(url)?.[1] ?? '';

/** Responds as a Clerk that has every user. @type {import('./scripted').Respond} */
const found = (sent) => response(200, { id: userIn(sent), object: 'user' });

/** Responds as a Clerk without users. */
const notFound = () =>
	errorResponse(404, [
		{ code: 'resource_not_found', message: 'not found', long_message: 'No user.' },
	]);

module.exports = {
	byEmail,
	byExternalId,
	byId,
	createUser,
	deleteUser,
	found,
	getUser,
	gets,
	listUsers,
	notFound,
	parametersOf,
	updateUser,
	userIn,
};
