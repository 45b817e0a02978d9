'use strict';

const { createHmac } = require('node:crypto');
const { brotliCompressSync, deflateSync, gzipSync } = require('node:zlib');
const { exampleOf } = require('../../../sandbox/clerk/webhooks/examples');
const { signedHeaders } = require('../../../sandbox/clerk/webhooks/signed');

/**
 * Requests to a Clerk Trigger that are to start nothing. Most begin as a genuine delivery.
 *
 * @typedef {import('./send').Request} Request
 * @typedef {Request & { kind: string }} Hostile
 * @typedef {(below: number) => number} Random a whole number
 *
 * @typedef {object} Given
 * @property {string} body of a genuine delivery
 * @property {Record<string, string>} headers with its signature
 * @property {Random} random
 * @property {(body: string, at?: number) => Record<string, string>} sign with the trigger's own secret
 * @property {(body: string) => Record<string, string>} signAsAnother
 * @property {(body: Buffer) => string} signBytes the signature alone: Svix's library takes only text
 */

const MEGABYTE = 1024 * 1024;

/** Over what the trigger takes and under what n8n reads. */
const LONG = 'x'.repeat(6 * MEGABYTE);

/** Small as it comes, and more than n8n reads once it is unpacked. */
const BOMB = gzipSync(Buffer.alloc(32 * MEGABYTE));

const NOT_UTF8 = Buffer.from('{"type":"user.created","data":{"first_name":"\xff\xfe"}}', 'latin1');

/** @type {(text: string, random: Random) => string} with one character changed for another */
function tampered(text, random) {
	const at = random(text.length);
	return text.slice(0, at) + (text[at] === '7' ? '8' : '7') + text.slice(at + 1);
}

/** @type {<T>(random: Random, choices: T[]) => T} */
const oneOf = (random, choices) => choices[random(choices.length)];

const SIGNATURE_HEADERS = ['svix-id', 'svix-timestamp', 'svix-signature'];

/** @param {string} name @returns {(given: Given) => Request} */
const tamperedIn =
	(name) =>
	({ body, headers, random }) => ({
		body,
		headers: { ...headers, [name]: tampered(headers[name], random) },
	});

/** n8n cannot read these itself, and answers 500: the trigger never gets to see them. */
const NOT_PACKED = 'said to be compressed';
const TOO_MUCH = 'of more than n8n reads, compressed';

/** @type {Record<string, (given: Given) => Request>} */
const KINDS = {
	forged: ({ body, signAsAnother }) => ({ body, headers: signAsAnother(body) }),

	'tampered in the body': ({ body, headers, random }) => ({
		body: tampered(body, random),
		headers,
	}),

	'tampered in the id': tamperedIn('svix-id'),

	'tampered in the timestamp': tamperedIn('svix-timestamp'),

	'tampered in the signature': tamperedIn('svix-signature'),

	stale({ body, random, sign }) {
		const off = 310_000 + random(86_400_000);
		return { body, headers: sign(body, Date.now() + oneOf(random, [-off, off])) };
	},

	'replayed with another id': ({ body, headers, random }) => ({
		body,
		headers: { ...headers, 'svix-id': `msg_${random(1e9)}` },
	}),

	'without headers'({ body, headers, random }) {
		const { [oneOf(random, SIGNATURE_HEADERS)]: _, ...some } = headers;
		return { body, headers: oneOf(random, [some, { 'content-type': 'application/json' }]) };
	},

	'with headers doubled'({ body, headers, random }) {
		const name = oneOf(random, SIGNATURE_HEADERS);
		return { body, headers: { ...headers, [name]: [headers[name], headers[name]] } };
	},

	'of version v2': ({ body, headers }) => ({
		body,
		headers: { ...headers, 'svix-signature': headers['svix-signature'].replace('v1,', 'v2,') },
	}),

	'without a body': ({ headers }) => ({ body: '', headers }),

	'of 6 MB'({ random, sign, signAsAnother }) {
		const body = JSON.stringify({ type: 'user.created', data: {}, filler: LONG });
		return { body, headers: oneOf(random, [sign, signAsAnother])(body) };
	},

	// Signed by who has the secret, so that nothing but their content is against them.
	'not UTF-8'({ random, headers, signBytes }) {
		const type = oneOf(random, ['application/json', 'text/plain']);
		const signature = signBytes(NOT_UTF8);
		return {
			body: NOT_UTF8,
			headers: { ...headers, 'content-type': type, 'svix-signature': signature },
		};
	},

	'not JSON'({ body, random, sign }) {
		const cut = body.slice(0, random(body.length - 1));
		return {
			body: cut,
			headers: { ...sign(cut), 'content-type': oneOf(random, ['application/json', 'text/plain']) },
		};
	},

	'of another content type'({ body, random, signAsAnother, headers }) {
		const type = oneOf(random, [
			'text/plain',
			'application/xml',
			'application/x-www-form-urlencoded',
			'image/png',
		]);
		const multipart = {
			body,
			headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
		};
		const other = { body, headers: { ...signAsAnother(body), 'content-type': type } };
		return oneOf(random, [other, multipart]);
	},

	compressed({ body, headers, random }) {
		const [encoding, packed] = oneOf(random, [
			['gzip', gzipSync(body)],
			['deflate', deflateSync(body)],
			['br', brotliCompressSync(body)],
		]);
		return { body: packed, headers: { ...headers, 'content-encoding': encoding } };
	},

	[TOO_MUCH]: ({ headers }) => ({
		body: BOMB,
		headers: { ...headers, 'content-encoding': 'gzip' },
	}),

	[NOT_PACKED]: ({ body, headers }) => ({
		body,
		headers: { ...headers, 'content-encoding': 'gzip' },
	}),
};

/**
 * Whether n8n or the trigger said so. 404 is no refusal: the request would not have been read.
 *
 * @param {string} kind
 * @param {number} status
 */
const isRefused = (kind, status) =>
	[400, 401, 413, 422].includes(status) ||
	(status === 500 && [NOT_PACKED, TOO_MUCH].includes(kind));

/** The same numbers in each run: Lehmer's. @returns {Random} */
function sameRandom() {
	let state = 1;
	return (below) => {
		state = (state * 48_271) % 2_147_483_647;
		return state % below;
	};
}

/**
 * Every kind in turns, without an end; the same ones in each run, but for the time of day.
 *
 * @param {{ secret: string, otherSecret: string }} options `secret`: the trigger's own
 * @returns {Generator<Hostile, never>}
 */
function* hostileRequests({ secret, otherSecret }) {
	const random = sameRandom();
	const body = JSON.stringify(exampleOf({ clock: Date.now }, 'user.created'));
	for (;;) {
		for (const [kind, make] of Object.entries(KINDS)) {
			const id = `msg_${random(1e9)}`;
			/** @type {Given['sign']} */
			const sign = (text, at) => signedHeaders(secret, { id, body: text }, at);
			/** @type {Given['signAsAnother']} */
			const signAsAnother = (text) => signedHeaders(otherSecret, { id, body: text });
			const headers = sign(body);
			/** @type {Given['signBytes']} */
			const signBytes = (bytes) => {
				const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
				const hmac = createHmac('sha256', key).update(`${id}.${headers['svix-timestamp']}.`);
				return `v1,${hmac.update(bytes).digest('base64')}`;
			};
			yield { kind, ...make({ body, headers, random, sign, signAsAnother, signBytes }) };
		}
	}
}

module.exports = { hostileRequests, isRefused };
