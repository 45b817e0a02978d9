'use strict';

const { request } = require('node:http');

/**
 * @typedef {object} Request
 * @property {string | Buffer} body
 * @property {Record<string, string | string[]>} headers one in an array is sent once for each value
 *
 * @typedef {object} TimedResponse
 * @property {number} status 0 where the connection ended without one
 * @property {number} ms until it had come
 */

const PATIENCE_MS = 600_000;

/**
 * @param {string} url
 * @param {Request} sent
 * @returns {Promise<TimedResponse>}
 */
async function send(url, { body, headers }) {
	const began = performance.now();
	const status = await new Promise((resolve) => {
		const options = {
			method: 'POST',
			headers: { ...headers, 'content-length': Buffer.byteLength(body) },
			// A connection of its own: n8n closes idle ones, and what is just then sent on one is lost.
			agent: false,
			timeout: PATIENCE_MS,
		};
		const sent = request(url, options, (response) => {
			response.resume();
			response.once('close', () => resolve(response.statusCode));
		});
		sent.once('timeout', () => sent.destroy());
		sent.once('error', () => resolve(0));
		sent.end(body);
	});
	return { status, ms: performance.now() - began };
}

module.exports = { send };
