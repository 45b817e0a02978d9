'use strict';

const { TOTP } = require('otpauth');

/** A code is good for one period more, on both sides. @type {(secret: string, token: string, timestamp: number) => boolean} */
const isTotp = (secret, token, timestamp) =>
	new TOTP({ secret }).validate({ token, timestamp, window: 1 }) !== null;

module.exports = { isTotp };
