'use strict';

const { Webhook } = require('standardwebhooks');

/**
 * As Svix names them, signed by the reference library of Standard Webhooks.
 *
 * @type {(secret: string, message: { id: string, body: string }, at?: number) => Record<string, string>}
 */
const signedHeaders = (secret, { id, body }, at = Date.now()) => ({
	'content-type': 'application/json',
	'svix-id': id,
	'svix-timestamp': String(Math.floor(at / 1000)),
	'svix-signature': new Webhook(secret).sign(id, new Date(at), body),
});

module.exports = { signedHeaders };
