'use strict';

const { hexId } = require('./machine');

/**
 * @typedef {object} M2mTokenRow
 * @property {string} id
 * @property {string} subject
 * @property {unknown} claims
 * @property {string[]} scopes machines that it may call
 * @property {string} token
 * @property {boolean} revoked
 * @property {string | null} revocation_reason
 * @property {number | null} expiration
 * @property {number | null} last_used_at
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */

/**
 * @param {State} state
 * @param {Partial<M2mTokenRow> & { subject: string }} fields
 * @returns {M2mTokenRow}
 */
function newM2mToken(state, fields) {
	const at = fields.created_at ?? state.clock();
	return {
		claims: null,
		scopes: [],
		token: hexId(state, 'mt'),
		revoked: false,
		revocation_reason: null,
		expiration: at + 3_600_000,
		last_used_at: null,
		created_at: at,
		updated_at: at,
		...fields,
		id: hexId(state, 'mt'),
	};
}

/** What has an end, and may be behind it. @param {{ expiration: number | null }} row @param {State} state */
const isExpired = ({ expiration }, state) => expiration !== null && expiration <= state.clock();

/** @param {M2mTokenRow} row @param {State} state */
const presentM2mToken = ({ token, ...shown }, state) => ({
	object: 'machine_to_machine_token',
	...shown,
	expired: isExpired(shown, state),
});

module.exports = { isExpired, newM2mToken, presentM2mToken };
