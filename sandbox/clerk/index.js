'use strict';

const { createFaults } = require('./faults');
const { LIVE_KEY, TEST_KEY } = require('./keys');
const { createRateLimiter } = require('./rateLimit');
const { serve } = require('./server');
const { createState } = require('./state');
const { plant } = require('./seeds');
const routes = require('./resources');
const { createWebhooks } = require('./webhooks');

/**
 * @typedef {object} ClerkOptions
 * @property {number} [port] `0` takes a free one
 * @property {string} [secretKey] the key that is accepted beside the two of the sandbox
 * @property {import('./seeds').Seed} [seed]
 * @property {import('./rateLimit').RateLimit | number | false} [rateLimit] `false` lifts it
 * @property {number} [latencyMs]
 * @property {() => number} [clock] Unix milliseconds
 * @property {Partial<import('./state').State['instance']>} [instance] settings made in the dashboard
 * @property {number[]} [webhookDelaysMs] between the tries of a webhook delivery; without it, Svix's
 */

/** Starts a simulated Clerk on this machine. @param {ClerkOptions} [options] */
async function startClerk({
	port = 0,
	secretKey = TEST_KEY,
	seed = 'company',
	rateLimit = {},
	latencyMs = 0,
	clock = Date.now,
	instance,
	webhookDelaysMs,
} = {}) {
	const state = createState({ clock, instance });
	plant(state, seed);

	/** @type {import('./requests').LoggedRequest[]} */
	const requests = [];
	const latency = { ms: latencyMs };
	const faults = createFaults();
	const rateLimiter = createRateLimiter(clock);
	rateLimiter.set(rateLimit);

	const keys = new Set([secretKey, TEST_KEY, LIVE_KEY]);
	const simulation = { state, keys, requests, rateLimiter, faults, latency };
	const webhooks = createWebhooks(state, { delaysMs: webhookDelaysMs });
	const { origin, close } = await serve(routes, simulation, port);

	return {
		/** With `/v1`, as the credential wants it; the SDK adds that itself. */
		url: `${origin}/v1`,
		origin,
		secretKey,
		/** The same instance, with the limits of production. */
		liveSecretKey: LIVE_KEY,
		state,
		requests,
		addFault: faults.add,
		clearFaults: faults.clear,
		setRateLimit: rateLimiter.set,
		/** @param {number} ms */
		setLatency(ms) {
			latency.ms = ms;
		},
		webhooks,
		async close() {
			webhooks.close();
			await close();
		},
	};
}

/** @typedef {Awaited<ReturnType<typeof startClerk>>} Clerk */

module.exports = { startClerk };
