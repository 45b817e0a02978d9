'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { entry } = require('./errors');

/**
 * @typedef {object} FaultOptions
 * @property {'status' | 'reset' | 'hang' | 'truncate' | 'drip' | 'notJson' | 'delay'} kind
 * @property {string} [method]
 * @property {string | RegExp} [path] as sent, or in the document's form: `/users/{user_id}`
 * @property {number} [times] how many requests it hits
 * @property {number} [skip] how many it lets through first
 * @property {number} [every] of what is left, it hits every nth
 * @property {'before' | 'after'} [when] before the request was carried out, or after
 * @property {number} [status]
 * @property {unknown} [body]
 * @property {Record<string, string>} [headers]
 * @property {number} [ms] of a delay
 *
 * @typedef {Required<Pick<FaultOptions, 'kind' | 'times' | 'skip' | 'every' | 'when'>>} Settings
 * @typedef {Settings & FaultOptions & { hits: number, seen: number }} Fault
 * @typedef {{ status: number, headers: Record<string, string>, text: string }} Replacement
 * @typedef {{ socket: import('node:net').Socket, reply: import('./server').Reply, text: string }} Exchange
 */

/** A response that does not come. @returns {Promise<never>} */
const never = () => new Promise(() => {});

const JSON_TYPE = { 'content-type': 'application/json' };

/** @param {number} status */
const outage = (status) => ({
	errors: [entry('internal_clerk_error', `Injected status ${status}`)],
});

/** @type {Record<FaultOptions['kind'], (fault: Fault, exchange: Exchange) => Replacement | Promise<void>>} */
const KINDS = {
	status: ({ status = 500, body = outage(status), headers }) => ({
		status,
		headers: { ...JSON_TYPE, ...headers },
		text: typeof body === 'string' ? body : JSON.stringify(body),
	}),
	notJson: ({ status = 200, headers }) => ({
		status,
		headers: { 'content-type': 'text/html', ...headers },
		text: '<!doctype html><title>Not what you asked for</title>',
	}),
	delay: ({ ms = 1000 }) => sleep(ms, undefined, { ref: false }),
	hang: never,
	reset: (_fault, { socket }) => {
		socket.resetAndDestroy();
		return never();
	},
	truncate: (_fault, { socket, reply, text }) => {
		const length = { 'content-length': Buffer.byteLength(text) };
		reply.raw.writeHead(reply.statusCode, { ...JSON_TYPE, ...length });
		reply.raw.write(text.slice(0, Math.ceil(text.length / 2)), () => socket.destroySoon());
		return never();
	},
	/** A byte now and then, so that the connection is never silent. */
	drip: (_fault, { reply: { raw } }) => {
		raw.writeHead(200, JSON_TYPE);
		raw.write(' ');
		const drops = setInterval(() => raw.write(' '), 500);
		raw.on('close', () => clearInterval(drops));
		return never();
	},
};

/** @typedef {{ method: string, path: string, route: string }} Target */

/** @param {Fault} fault @param {Target} request */
function concerns(fault, { method, path, route }) {
	if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
	if (fault.path === undefined) return true;
	if (fault.path instanceof RegExp) return fault.path.test(path);
	return fault.path === path || fault.path === route;
}

function createFaults() {
	/** @type {Fault[]} */
	let faults = [];

	return {
		/** @param {FaultOptions} options @returns {Readonly<Fault>} with `hits`, for tests to read */
		add(options) {
			/** @type {Fault['when']} */
			const when = options.kind === 'truncate' ? 'after' : 'before';
			const fault = { times: 1, skip: 0, every: 1, when, ...options, hits: 0, seen: 0 };
			faults.push(fault);
			return fault;
		},

		clear() {
			faults = [];
		},

		/** Spends the first fault that concerns a request. @param {Fault['when']} when @param {Target} request */
		take(when, request) {
			for (const fault of faults) {
				if (fault.when !== when || fault.hits === fault.times || !concerns(fault, request))
					continue;
				fault.seen += 1;
				const beyond = fault.seen - fault.skip;
				if (beyond < 1 || beyond % fault.every !== 0) continue;
				fault.hits += 1;
				return fault;
			}
			return undefined;
		},

		/** @param {Fault} fault @param {Exchange} exchange */
		apply: (fault, exchange) => KINDS[fault.kind](fault, exchange),
	};
}

module.exports = { createFaults };
