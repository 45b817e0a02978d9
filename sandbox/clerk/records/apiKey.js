'use strict';

const { isExpired } = require('./m2mToken');
const { hexId } = require('./machine');

/**
 * @typedef {object} ApiKeyRow
 * @property {string} id
 * @property {string} type
 * @property {string} subject
 * @property {string} name
 * @property {string | null} description
 * @property {unknown} claims
 * @property {string[]} scopes
 * @property {string} secret
 * @property {boolean} revoked
 * @property {string | null} revocation_reason
 * @property {number | null} expiration
 * @property {string | null} created_by
 * @property {number | null} last_used_at
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */

/**
 * @param {State} state
 * @param {Partial<ApiKeyRow> & { name: string, subject: string }} fields
 * @returns {ApiKeyRow}
 */
function newApiKey(state, fields) {
	const at = fields.created_at ?? state.clock();
	return {
		type: 'api_key',
		description: null,
		claims: null,
		scopes: [],
		secret: hexId(state, 'ak'),
		revoked: false,
		revocation_reason: null,
		expiration: null,
		created_by: null,
		last_used_at: null,
		created_at: at,
		updated_at: at,
		...fields,
		id: hexId(state, 'ak'),
	};
}

/** @param {ApiKeyRow} row @param {State} state */
const presentApiKey = ({ secret, ...shown }, state) => ({
	object: 'api_key',
	...shown,
	expired: isExpired(shown, state),
});

module.exports = { newApiKey, presentApiKey };
