'use strict';

const {
	ClerkPollingTrigger,
} = require('../../nodes/ClerkPollingTrigger/ClerkPollingTrigger.node.ts');
const { helpersWith } = require('./host');

/**
 * Stands in for n8n around the Clerk Polling Trigger: all polls of an activation have one context and
 * the same static data, which is stored as JSON (docs/n8n-notes.md, 33).
 */

const trigger = new ClerkPollingTrigger();

let nodes = 0;

/** @typedef {() => Promise<any>} Next */

/**
 * Opens a polling trigger in a simulated n8n.
 *
 * @param {{ url: string, secretKey: string }} clerk
 * @param {Record<string, any>} [parameters]
 */
function openPoller({ url, secretKey }, parameters = {}) {
	const id = `node-${(nodes += 1)}`;
	/** @type {Record<string, any>} */
	const values = { event: 'newUser', ...parameters };
	const credential = { secretKey, baseUrl: url, accessPolicy: 'readOnly', rateLimitShare: 100 };
	const helpers = helpersWith([]);
	const hooks = {
		/** @param {Next} next */
		credential: (next) => next(),
		/** @param {Next} next */
		request: (next) => next(),
	};
	let running = 0;
	/** @type {Record<string, any>} */
	let staticData = {};

	/** @param {'trigger' | 'manual'} mode */
	const createHost = (mode) => ({
		getMode: () => mode,
		getNode: () => ({ id, name: 'Clerk Polling Trigger', type: 'clerkPollingTrigger' }),
		getWorkflow: () => ({ id: 'workflow' }),
		getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ fallback) =>
			values[name] ?? fallback,
		getCredentials: () => hooks.credential(async () => credential),
		getWorkflowStaticData: () => staticData,
		logger: { debug() {}, info() {}, warn() {}, error() {} },
		helpers: {
			...helpers,
			/** @this {any} @param {Parameters<typeof helpers.httpRequestWithAuthentication>} args */
			async httpRequestWithAuthentication(...args) {
				const next = () => helpers.httpRequestWithAuthentication.apply(this, args);
				return await hooks.request(next);
			},
		},
	});
	let activated = createHost('trigger');

	/** @param {'trigger' | 'manual'} [mode] */
	async function poll(mode = 'trigger') {
		if (running === 0) staticData = JSON.parse(JSON.stringify(staticData));
		running += 1;
		const host = mode === 'trigger' ? activated : createHost(mode);
		try {
			const output = await trigger.poll.call(/** @type {any} */ (host));
			return output?.[0].map(({ json }) => json) ?? null;
		} finally {
			running -= 1;
		}
	}

	return {
		poll,
		/** @returns {Promise<any[]>} */
		ids: async () => (await poll())?.map(({ id: one }) => one) ?? [],
		set: (/** @type {Record<string, any>} */ changes) => Object.assign(values, changes),
		staticData: () => staticData,
		/** The workflow is deactivated and activated again. */
		activate() {
			activated = createHost('trigger');
		},
		/** Stands between the node and n8n's functions. @param {Partial<typeof hooks>} changes */
		intercept: (changes) => Object.assign(hooks, changes),
	};
}

module.exports = { openPoller };
