'use strict';

const { createHmac } = require('node:crypto');
const { brotliCompressSync, deflateSync, gzipSync } = require('node:zlib');
const { exampleOf } = require('../../sandbox/clerk/webhooks/examples');
const { signedHeaders } = require('../../sandbox/clerk/webhooks/signed');

/**
 * Requests to a Clerk Trigger that are to start nothing. Each is a genuine delivery with something wrong.
 *
 * @typedef {Record<string, string | string[] | undefined>} Headers one in an array is sent once for each value
 * @typedef {{ body: string | Buffer, headers: Headers }} Request
 * @typedef {Request & { kind: string }} Hostile
 * @typedef {<T>(choices: T[]) => T} OneOf
 *
 * @typedef {object} Given
 * @property {string} body of a genuine delivery
 * @property {Record<string, string>} headers with its signature
 * @property {(below: number) => number} random a whole number
 * @property {OneOf} oneOf
 * @property {(body: string | Buffer, options?: { at?: number, by?: string }) => Headers} sign with the
 *   trigger's own secret, if no other is given
 */

const AT_ONCE = 20;

const MEGABYTE = 1024 * 1024;

/** Over what the trigger takes and under what n8n reads. */
const LONG = 'x'.repeat(6 * MEGABYTE);

/** Small as it comes, and more than n8n reads once it is unpacked. */
const BOMB = gzipSync(Buffer.alloc(32 * MEGABYTE));

const NOT_UTF8 = Buffer.from('{"type":"user.created","data":{"first_name":"\xff\xfe"}}', 'latin1');

const ANOTHER = `whsec_${Buffer.alloc(24, 2).toString('base64')}`;

const SIGNATURE_HEADERS = ['svix-id', 'svix-timestamp', 'svix-signature'];
const TEXT_TYPES = ['application/json', 'text/plain'];
const OTHER_TYPES = [
	'text/plain',
	'application/xml',
	'application/x-www-form-urlencoded',
	'image/png',
];

/** With one character changed for another. @param {string} text @param {Given['random']} random */
function tampered(text, random) {
	const at = random(text.length);
	return text.slice(0, at) + (text[at] === '7' ? '8' : '7') + text.slice(at + 1);
}

/** @param {string} name @returns {(given: Given) => Partial<Request>} */
const tamperedIn =
	(name) =>
	({ headers, random }) => ({ headers: { [name]: tampered(headers[name], random) } });

/** n8n cannot read these itself, and responds with 500: the trigger never gets to see them. */
const NOT_PACKED = 'said to be compressed';
const TOO_MUCH = 'of more than n8n reads, compressed';

/** What is changed of a genuine delivery. @type {Record<string, (given: Given) => Partial<Request>>} */
const KINDS = {
	forged: ({ body, sign }) => ({ headers: sign(body, { by: ANOTHER }) }),

	'tampered in the body': ({ body, random }) => ({ body: tampered(body, random) }),

	'tampered in the id': tamperedIn('svix-id'),

	'tampered in the timestamp': tamperedIn('svix-timestamp'),

	'tampered in the signature': tamperedIn('svix-signature'),

	stale({ body, random, oneOf, sign }) {
		const off = 310_000 + random(86_400_000);
		return { headers: sign(body, { at: Date.now() + oneOf([-off, off]) }) };
	},

	'replayed with another id': ({ random }) => ({ headers: { 'svix-id': `msg_${random(1e9)}` } }),

	'without headers'({ oneOf }) {
		const names = oneOf([[oneOf(SIGNATURE_HEADERS)], SIGNATURE_HEADERS]);
		return { headers: Object.fromEntries(names.map((name) => [name, undefined])) };
	},

	'with headers doubled'({ headers, oneOf }) {
		const name = oneOf(SIGNATURE_HEADERS);
		return { headers: { [name]: [headers[name], headers[name]] } };
	},

	'of version v2': ({ headers }) => ({
		headers: { 'svix-signature': headers['svix-signature'].replace('v1,', 'v2,') },
	}),

	'without a body': () => ({ body: '' }),

	'of 6 MB'({ oneOf, sign }) {
		const body = JSON.stringify({ type: 'user.created', data: {}, filler: LONG });
		return { body, headers: sign(body, { by: oneOf([undefined, ANOTHER]) }) };
	},

	// Signed with the right secret: only their content is wrong.
	'not UTF-8': ({ oneOf, sign }) => ({
		body: NOT_UTF8,
		headers: { ...sign(NOT_UTF8), 'content-type': oneOf(TEXT_TYPES) },
	}),

	'not JSON'({ body, random, oneOf, sign }) {
		const cut = body.slice(0, random(body.length - 1));
		return { body: cut, headers: { ...sign(cut), 'content-type': oneOf(TEXT_TYPES) } };
	},

	'of another content type': ({ body, oneOf, sign }) => ({
		headers: oneOf([
			{ ...sign(body, { by: ANOTHER }), 'content-type': oneOf(OTHER_TYPES) },
			{ 'content-type': 'multipart/form-data; boundary=x' },
		]),
	}),

	compressed({ body, oneOf }) {
		const [encoding, pack] = oneOf([
			['gzip', gzipSync],
			['deflate', deflateSync],
			['br', brotliCompressSync],
		]);
		return { body: pack(body), headers: { 'content-encoding': encoding } };
	},

	[TOO_MUCH]: () => ({ body: BOMB, headers: { 'content-encoding': 'gzip' } }),

	[NOT_PACKED]: () => ({ headers: { 'content-encoding': 'gzip' } }),
};

/** Whether n8n or the trigger said so. 404 is no refusal: the request would not have been read. @param {string} kind @param {number} status */
const isRefused = (kind, status) =>
	[400, 401, 413, 422].includes(status) ||
	(status === 500 && [NOT_PACKED, TOO_MUCH].includes(kind));

/** The same numbers in each run: Lehmer's. @param {number} seed @returns {Given['random']} */
function sameRandom(seed) {
	let state = seed;
	return (below) => {
		state = (state * 48_271) % 2_147_483_647;
		return state % below;
	};
}

/** The headers of a delivery; Svix's library signs only text. @param {string} secret @param {string} id @param {string | Buffer} body @param {number} [at] */
function headersOf(secret, id, body, at) {
	if (typeof body === 'string') return signedHeaders(secret, { id, body }, at);
	const headers = signedHeaders(secret, { id, body: '' }, at);
	const hmac = createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'));
	hmac.update(`${id}.${headers['svix-timestamp']}.`).update(body);
	return { ...headers, 'svix-signature': `v1,${hmac.digest('base64')}` };
}

/** Every kind in turns, without an end; the same ones in each run, but for the time of day. @param {string} secret the trigger's own @param {number} seed @returns {Generator<Hostile, never>} */
function* hostileRequests(secret, seed) {
	const random = sameRandom(seed);
	/** @type {OneOf} */
	const oneOf = (choices) => choices[random(choices.length)];
	const body = JSON.stringify(exampleOf({ clock: Date.now }, 'user.created'));
	for (;;) {
		for (const [kind, change] of Object.entries(KINDS)) {
			const id = `msg_${random(1e9)}`;
			/** @type {Given['sign']} */
			const sign = (signed, { at, by = secret } = {}) => headersOf(by, id, signed, at);
			const headers = headersOf(secret, id, body);
			const changed = change({ body, headers, random, oneOf, sign });
			yield { kind, body, ...changed, headers: { ...headers, ...changed.headers } };
		}
	}
}

/**
 * Sends hostile requests to a Clerk Trigger, several at once. Each part has requests of its own.
 *
 * @param {(request: Request) => Promise<{ status: number }>} post
 * @param {string} secret the trigger's own
 * @param {number} count
 * @param {number} [part]
 * @returns {Promise<string[]>} a line for each that was not refused
 */
async function attack(post, secret, count, part = 1) {
	const requests = hostileRequests(secret, part);
	/** @type {string[]} */
	const passed = [];
	let left = count;
	const worker = async () => {
		while (left-- > 0) {
			const { kind, body, headers } = requests.next().value;
			// On a connection of its own: n8n closes idle ones, and what is just then sent on one is lost.
			const request = { body, headers: { ...headers, connection: 'close' } };
			const { status } = await post(request).catch(() => ({ status: 0 }));
			if (!isRefused(kind, status)) passed.push(`A request ${kind} got ${status}`);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return passed;
}

module.exports = { attack };
