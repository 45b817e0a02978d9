'use strict';

const {
	ClerkPollingTrigger,
} = require('../../nodes/ClerkPollingTrigger/ClerkPollingTrigger.node.ts');
const { helpersWith } = require('./host');

/** Stands in for n8n around the Clerk Polling Trigger: stores its static data between polls. */

const trigger = new ClerkPollingTrigger();

let nodes = 0;

/**
 * Opens a polling trigger in a simulated n8n.
 *
 * @param {{ url: string, secretKey: string }} clerk
 * @param {Record<string, any>} [parameters]
 */
function openPoller({ url, secretKey }, parameters = {}) {
	const id = `node-${(nodes += 1)}`;
	/** @type {Record<string, any>} */
	let staticData = {};
	/** @type {Record<string, any>} */
	const values = { event: 'newUser', ...parameters };
	const credential = { secretKey, baseUrl: url, accessPolicy: 'readOnly', rateLimitShare: 100 };

	/** @param {'trigger' | 'manual'} [mode] */
	async function poll(mode = 'trigger') {
		// n8n stores it as JSON in its database.
		const stored = JSON.parse(JSON.stringify(staticData));
		const host = {
			getMode: () => mode,
			getNode: () => ({ id, name: 'Clerk Polling Trigger', type: 'clerkPollingTrigger' }),
			getWorkflow: () => ({ id: 'workflow' }),
			getNodeParameter: (/** @type {string} */ name, /** @type {unknown} */ fallback) =>
				values[name] ?? fallback,
			getCredentials: async () => credential,
			getWorkflowStaticData: () => stored,
			helpers: helpersWith([]),
		};
		const output = await trigger.poll.call(/** @type {any} */ (host));
		staticData = stored;
		return output?.[0].map(({ json }) => json) ?? null;
	}

	return {
		poll,
		/** @returns {Promise<any[]>} */
		ids: async () => (await poll())?.map(({ id: one }) => one) ?? [],
		set: (/** @type {Record<string, any>} */ changes) => Object.assign(values, changes),
		staticData: () => staticData,
	};
}

module.exports = { openPoller };
