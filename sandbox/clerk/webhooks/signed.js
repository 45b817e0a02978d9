'use strict';

const { Webhook } = require('svix');

/**
 * The headers of a delivery, signed by Svix's own library.
 *
 * @param {string} secret
 * @param {{ id: string, body: string }} message
 * @param {number} [at] Unix milliseconds
 */
const signedHeaders = (secret, { id, body }, at = Date.now()) => ({
	'content-type': 'application/json',
	'svix-id': id,
	'svix-timestamp': String(Math.floor(at / 1000)),
	'svix-signature': new Webhook(secret).sign(id, new Date(at), body),
});

module.exports = { signedHeaders };
