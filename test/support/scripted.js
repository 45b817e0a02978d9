'use strict';

const { inspect } = require('node:util');
const { Clerk } = require('../../nodes/Clerk/Clerk.node');
const { binaryHelpers, hostOf } = require('./host');

/**
 * n8n around the node, with a Clerk that says what a test wrote down, without a network.
 *
 * @typedef {import('n8n-workflow').IHttpRequestOptions & { abortSignal?: AbortSignal }} Sent
 * @typedef {(sent: Sent, count: number) => unknown} Answer `count`: how many were sent before this one
 */

/** One for all runs, as in n8n: what it builds is its form. */
const node = new Clerk();

/** Not a key of anybody's, and put together here, so that no scanner takes it for one. */
const KEY = ['sk', 'test', 'NotAKeyOfAnybodys0123456789abcdefghijkl'].join('_');

const BASE_URL = 'https://api.clerk.com/v1';

const credential = {
	secretKey: KEY,
	baseUrl: BASE_URL,
	accessPolicy: 'full',
	rateLimitShare: 80,
};

/** As n8n's helper hands it out. @param {number} statusCode @param {unknown} [body] @param {Record<string, string>} [headers] */
const answer = (statusCode, body, headers = {}) => ({
	statusCode,
	headers,
	body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
});

/** Clerk's shape of saying no. @param {number} status @param {Array<Record<string, any>>} errors @param {Record<string, string>} [headers] */
const refusal = (status, errors, headers) =>
	answer(status, { errors, clerk_trace_id: 'trace_0123' }, headers);

/** What n8n throws: its own class, around axios's with the whole request, around Node's. @param {string} code @param {string} [syscall] during which it broke */
function broken(code, syscall) {
	const headers = { Authorization: `Bearer ${KEY}` };
	const config = { headers };
	const ofNode = Object.assign(new Error(`connect ${code}`), { code, syscall });
	const ofAxios = Object.assign(new Error(`connect ${code}`, { cause: ofNode }), {
		code,
		config,
		request: { headers },
		isAxiosError: true,
	});
	return Object.assign(new Error(`The service said ${code} to ${KEY}`, { cause: ofAxios }), {
		context: { request: { headers } },
	});
}

/** An answer that comes only when `signal` tears it down. @param {AbortSignal | undefined} signal */
const hanging = (signal) =>
	new Promise((_resolve, reject) => {
		signal?.addEventListener('abort', () => reject(broken('ERR_CANCELED')));
	});

/**
 * @param {Partial<Parameters<typeof hostOf>[0]>} given
 * @param {Answer} answerTo - what it returns is the answer, what it throws is thrown
 */
function scriptedHost(given, answerTo) {
	const host = hostOf({ credential, parameters: {}, ...given });
	/** @type {Sent[]} */
	const sent = [];
	/** @type {unknown[]} what n8n was told beside the options */
	const additions = [];
	host.helpers = /** @type {any} */ ({
		...binaryHelpers(host.getInputData()),
		/** @param {string} _type @param {Sent} options @param {unknown} additional */
		async httpRequestWithAuthentication(_type, options, additional) {
			sent.push(options);
			additions.push(additional);
			return await answerTo({ ...options, abortSignal: given.signal }, sent.length - 1);
		},
	});
	return { host: /** @type {any} */ (host), sent, additions };
}

/** `GET /users?limit=500`, as a test likes to read it. @param {Sent} sent */
function lineOf({ method, url, qs }) {
	const query = Object.entries(qs ?? {}).flatMap(([name, value]) =>
		(Array.isArray(value) ? value : [value]).map((one) => `${name}=${one}`),
	);
	const path = url.replace(BASE_URL, '');
	return `${method} ${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/**
 * Runs the whole node.
 *
 * @param {Partial<Parameters<typeof hostOf>[0]>} given
 * @param {Answer} answerTo
 */
async function run(given, answerTo) {
	const { host, sent } = scriptedHost(given, answerTo);
	/** @type {import('n8n-workflow').INodeExecutionData[]} */
	let items = [];
	/** @type {any} */
	let fault;
	try {
		[items] = await node.execute.call(host);
	} catch (error) {
		fault = error;
	}
	return {
		items,
		fault,
		sent,
		/** Every request as one line. */
		lines: sent.map(lineOf),
		json: items.map(({ json }) => json),
		/** @type {any[]} */
		hints: host.hints,
	};
}

/** Everything that can be read from a value, hidden properties, causes and stack included. @param {unknown} value */
const everythingIn = (value) =>
	inspect(value, {
		depth: Infinity,
		showHidden: true,
		maxStringLength: Infinity,
		breakLength: 120,
	});

module.exports = {
	BASE_URL,
	KEY,
	answer,
	broken,
	credential,
	everythingIn,
	hanging,
	lineOf,
	refusal,
	run,
	scriptedHost,
};
