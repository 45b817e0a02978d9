'use strict';

const { TOTP } = require('otpauth');

/**
 * A code is good for one period more, on both sides.
 *
 * @param {string} secret
 * @param {string} token
 * @param {number} timestamp
 */
const isTotp = (secret, token, timestamp) =>
	new TOTP({ secret }).validate({ token, timestamp, window: 1 }) !== null;

module.exports = { isTotp };
