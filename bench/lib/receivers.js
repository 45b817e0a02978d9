'use strict';

const { randomUUID } = require('node:crypto');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const axios = require('axios').default;
const getPort = require('get-port');
const { startN8n } = require('../../sandbox/n8n/host');
const { ensureInstall } = require('../../sandbox/n8n/install');
const { ensureBuild } = require('../../sandbox/n8n/package');

const METER = join(__dirname, 'meter.js');
const READY_TIMEOUT_MS = 60_000;

/**
 * @typedef {object} Receiver a workflow of nothing but its trigger
 * @property {string} workflowId
 * @property {string} url
 *
 * @typedef {Awaited<ReturnType<typeof openReceivers>>} Receivers
 */

/** @param {string} name @param {{ type: string, parameters: Record<string, any> } & Record<string, any>} trigger */
const workflowOf = (name, trigger) => ({
	name,
	settings: { executionOrder: 'v1' },
	nodes: [{ ...trigger, name: 'Trigger', id: 'trigger', position: [0, 0] }],
	connections: {},
});

/** @param {() => Promise<boolean>} look @param {string} what */
async function until(look, what) {
	for (const deadline = Date.now() + READY_TIMEOUT_MS; !(await look()); await sleep(100)) {
		if (Date.now() > deadline) throw new Error(`${what}: not within ${READY_TIMEOUT_MS / 1000} s`);
	}
}

/**
 * A real n8n in a process of its own, with a workflow that starts with the Clerk Trigger and one that
 * starts with n8n's own Webhook node, both active.
 *
 * @param {object} options
 * @param {string} options.secret of the Clerk Trigger
 * @param {Record<string, string>} [options.env] over the settings of the sandbox
 * @param {(text: string) => void} [options.onLog]
 */
async function openReceivers({ secret, env, onLog }) {
	// Not on stdout, where --json is.
	const install = await ensureInstall({ say: console.error });
	const port = await getPort();
	const host = await startN8n({
		packageDir: ensureBuild(console.error),
		install,
		onLog,
		env: { EXTERNAL_HOOK_FILES: METER, BENCH_METER_PORT: String(port), ...env },
	});
	const { api, url, untilEnd, close } = host;

	/** @param {string} path of the meter @returns {Promise<import('./meter').Reading>} */
	async function read(path) {
		const at = `http://127.0.0.1:${port}${path}`;
		const response = await axios.get(at, { proxy: false }).catch(() => undefined);
		if (!response) throw new Error(`n8n has ended. Its last lines:\n${await untilEnd}`);
		return response.data;
	}

	/** @param {ReturnType<typeof workflowOf>} given @param {string} path @returns {Promise<Receiver>} */
	async function activate(given, path) {
		const workflow = await api.createWorkflow(given);
		await api.activate(workflow);
		// n8n responds before the webhook is there.
		await until(async () => {
			const { status } = await api.call('GET', `/workflows/${workflow.id}/publication-status`);
			return status !== 'in_progress';
		}, 'The workflow is active');
		return { workflowId: workflow.id, url: `${url}/webhook/${path}` };
	}

	try {
		const data = { signingSecret: secret };
		const credential = { name: 'Clerk webhook', type: 'clerkWebhookApi', data };
		const { id, name, type } = await api.createCredential(credential);
		const webhookId = randomUUID();
		const clerk = {
			type: 'n8n-nodes-clerk.clerkTrigger',
			typeVersion: 2,
			webhookId,
			parameters: { events: ['*'] },
			credentials: { [type]: { id, name } },
		};
		const path = randomUUID();
		const webhook = {
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: path,
			parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
		};
		return {
			version: install.version,
			clerk: await activate(workflowOf('Clerk', clerk), `${webhookId}/webhook`),
			webhook: await activate(workflowOf('Webhook', webhook), path),

			/** What n8n's process takes and has done so far. */
			reading: async () => await read('/'),

			/** The same, after a garbage collection. */
			withoutGarbage: async () => await read('/memory'),

			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

module.exports = { openReceivers };
