'use strict';

const { inspect } = require('node:util');
const { Clerk } = require('../../nodes/Clerk/Clerk.node');
const { binaryHelpers, hostOf } = require('./host');

/**
 * Stands in for n8n around the node, and for Clerk, whose responses a test scripts; without a network.
 *
 * @typedef {import('n8n-workflow').IHttpRequestOptions & { abortSignal?: AbortSignal }} Sent
 * @typedef {(sent: Sent, count: number) => unknown} Respond returns a response or throws; `count`: requests sent before
 */

/** Not a real key, and joined here so that no scanner takes it for one. */
const KEY = ['sk', 'test', 'NotAKeyOfAnybodys0123456789abcdefghijkl'].join('_');

const BASE_URL = 'https://api.clerk.com/v1';

const credential = {
	secretKey: KEY,
	baseUrl: BASE_URL,
	accessPolicy: 'full',
	rateLimitShare: 80,
};

/**
 * Returns a response as n8n's helper returns it.
 *
 * @param {number} statusCode
 * @param {unknown} [body]
 * @param {Record<string, string>} [headers]
 */
const response = (statusCode, body, headers = {}) => ({
	statusCode,
	headers,
	body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
});

/**
 * Returns a response with Clerk's errors.
 *
 * @param {number} status
 * @param {Array<Record<string, any>>} errors
 * @param {Record<string, string>} [headers]
 */
const errorResponse = (status, errors, headers) =>
	response(status, { errors, clerk_trace_id: 'trace_0123' }, headers);

/**
 * Returns an error as n8n throws it: around axios's, which has the whole request, around Node's
 * (docs/n8n-notes.md, 8).
 *
 * @param {string} code
 * @param {string} [syscall] the system call that failed
 */
function networkError(code, syscall) {
	const headers = { Authorization: `Bearer ${KEY}` };
	const config = { headers };
	const nodeError = Object.assign(new Error(`connect ${code}`), { code, syscall });
	const axiosError = Object.assign(new Error(`connect ${code}`, { cause: nodeError }), {
		code,
		config,
		request: { headers },
		isAxiosError: true,
	});
	return Object.assign(new Error(`The service said ${code} to ${KEY}`, { cause: axiosError }), {
		context: { request: { headers } },
	});
}

/** Returns a promise that never resolves, and rejects when `signal` is aborted. @param {AbortSignal | undefined} signal */
const pendingResponse = (signal) =>
	new Promise((_resolve, reject) => {
		signal?.addEventListener('abort', () => reject(networkError('ERR_CANCELED')));
	});

/**
 * @param {Partial<Parameters<typeof hostOf>[0]>} options
 * @param {Respond} respond
 */
function scriptedHost(options, respond) {
	const host = hostOf({ credential, parameters: {}, ...options });
	/** @type {Sent[]} */
	const sent = [];
	/** @type {unknown[]} the last argument of each call of n8n's helper */
	const additions = [];
	host.helpers = /** @type {any} */ ({
		...binaryHelpers(host.getInputData()),
		/** @this {any} @param {string} _type @param {Sent} request @param {unknown} additional */
		async httpRequestWithAuthentication(_type, request, additional) {
			sent.push(request);
			additions.push(additional);
			return await respond(
				{ ...request, abortSignal: this.getExecutionCancelSignal() },
				sent.length - 1,
			);
		},
	});
	return { host: /** @type {any} */ (host), sent, additions };
}

/** Returns a request as a line such as `GET /users?limit=500`. @param {Sent} sent */
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
 * @param {Partial<Parameters<typeof hostOf>[0]>} options
 * @param {Respond} respond
 */
async function run(options, respond) {
	const { host, sent, additions } = scriptedHost(options, respond);
	/** @type {import('n8n-workflow').INodeExecutionData[]} */
	let items = [];
	/** @type {any} */
	let fault;
	try {
		[items] = await Clerk.prototype.execute.call(host);
	} catch (error) {
		fault = error;
	}
	return {
		items,
		fault,
		sent,
		/** A line for each request. */
		lines: sent.map(lineOf),
		/** The secret key of each request. */
		keys: additions.map((one) =>
			String(/** @type {any} */ (one).credentialsDecrypted.data.secretKey),
		),
		json: items.map(({ json }) => json),
		/** @type {any[]} */
		hints: host.hints,
	};
}

/** Returns a text of everything in a value, including hidden properties, causes and stacks. @param {unknown} value */
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
	credential,
	errorResponse,
	everythingIn,
	lineOf,
	networkError,
	pendingResponse,
	response,
	run,
	scriptedHost,
};
