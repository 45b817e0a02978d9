'use strict';

/**
 * @typedef {object} TrustedDeviceRow
 * @property {string} id
 * @property {string} user_id
 * @property {'ios' | 'android'} platform
 * @property {string} app_identifier
 * @property {string | null} name
 * @property {'active' | 'revoked'} status
 * @property {number | null} last_used_at
 * @property {number | null} revoked_at
 * @property {number} created_at
 * @property {number} updated_at
 */

/**
 * @param {import('../state').State} state
 * @param {Partial<TrustedDeviceRow> & { user_id: string }} fields
 * @returns {TrustedDeviceRow}
 */
function newTrustedDevice(state, fields) {
	const createdAt = fields.created_at ?? state.clock();
	return {
		platform: 'ios',
		app_identifier: 'com.example.app',
		name: null,
		status: 'active',
		last_used_at: null,
		revoked_at: null,
		created_at: createdAt,
		updated_at: createdAt,
		...fields,
		id: state.newId('tdev', createdAt),
	};
}

/** @param {TrustedDeviceRow} device */
function presentTrustedDevice({ user_id, ...shown }) {
	return { object: 'trusted_device', ...shown, algorithm: 'ES256' };
}

module.exports = { newTrustedDevice, presentTrustedDevice };
