'use strict';

const { randomUUID } = require('node:crypto');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { chain, credentialsOf, startHost } = require('../../lib/host');

const READY_TIMEOUT_MS = 60_000;

/**
 * @typedef {object} Receiver a workflow of nothing but its trigger
 * @property {string} workflowId
 * @property {string} url
 *
 * @typedef {Awaited<ReturnType<typeof openReceivers>>} Receivers
 */

/**
 * A real n8n in a process of its own, with a workflow that starts with the Clerk Trigger and one that
 * starts with n8n's own Webhook node, both active.
 *
 * @param {object} options
 * @param {string} options.secret of the Clerk Trigger
 * @param {Record<string, string>} [options.env] over the settings of the sandbox
 */
async function openReceivers({ secret, env }) {
	const host = await startHost({ hooks: join(__dirname, 'meter.js'), env });
	const { api, url, read, version, close } = host;

	/** @param {Omit<import('../../lib/host').Node, 'name'>} trigger @param {string} path @returns {Promise<Receiver>} */
	async function activate(trigger, path) {
		const node = /** @type {import('../../lib/host').Node} */ ({ ...trigger, name: 'Trigger' });
		const workflow = await api.createWorkflow(chain('Receiver', [node]));
		await api.activate(workflow);
		// n8n responds before the webhook is there.
		for (const deadline = Date.now() + READY_TIMEOUT_MS; ; await sleep(100)) {
			const { status } = await api.call('GET', `/workflows/${workflow.id}/publication-status`);
			if (status !== 'in_progress') break;
			if (Date.now() > deadline) throw new Error('n8n did not activate the workflow');
		}
		return { workflowId: workflow.id, url: `${url}/webhook/${path}` };
	}

	try {
		const data = { signingSecret: secret };
		const credential = { name: 'Clerk webhook', type: 'clerkWebhookApi', data };
		const credentials = credentialsOf(await api.createCredential(credential));
		const [webhookId, path] = [randomUUID(), randomUUID()];
		const clerk = {
			type: 'n8n-nodes-clerk.clerkTrigger',
			typeVersion: 2,
			webhookId,
			parameters: { events: ['*'] },
			credentials,
		};
		const webhook = {
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: path,
			parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
		};
		return {
			version,
			clerk: await activate(clerk, `${webhookId}/webhook`),
			webhook: await activate(webhook, path),

			/** What n8n's process takes and has done so far. @returns {Promise<import('./meter').Reading>} */
			reading: async () => await read('/'),

			/** The same, after a garbage collection. @returns {Promise<import('./meter').Reading>} */
			withoutGarbage: async () => await read('/memory'),

			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

module.exports = { openReceivers };
