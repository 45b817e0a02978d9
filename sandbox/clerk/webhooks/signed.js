'use strict';

const { Webhook } = require('standardwebhooks');

/**
 * The headers of a delivery as Svix names them, signed by the reference library of Standard Webhooks.
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
