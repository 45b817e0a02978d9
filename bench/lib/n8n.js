'use strict';

const { join } = require('node:path');
const axios = require('axios').default;
const getPort = require('get-port');
const { startN8n } = require('../../sandbox/n8n/host');
const { START, using, workflowOf } = require('../../sandbox/n8n/workflow');
const { startWorker } = require('./workers');

/**
 * A real n8n with this package, in a process of its own with `probe.js` in it.
 *
 * @param {{ env?: Record<string, string>, otherPackages?: string[] }} [options] `env`: over the settings of the
 *   sandbox; `otherPackages`: folders of other packages of nodes
 */
async function startProbed({ env, otherPackages } = {}) {
	const port = await getPort();
	const hooks = { EXTERNAL_HOOK_FILES: join(__dirname, 'probe.js'), BENCH_PORT: String(port) };
	const host = await startN8n({ otherPackages, env: { ...hooks, ...env } });
	const ended = host.untilEnd.then((log) => {
		throw new Error(`n8n has ended. Its last lines:\n${log}`);
	});
	return {
		...host,

		/** Asks the probe. @param {string} path @returns {Promise<any>} */
		async ask(path) {
			const options = { proxy: /** @type {const} */ (false), timeout: 600_000 };
			const asked = axios.get(`http://127.0.0.1:${port}${path}`, options);
			return (await Promise.race([asked, ended])).data;
		},
	};
}

/**
 * @typedef {{ type: string, typeVersion: number, parameters: Record<string, any>, onError?: string }} Subject one
 *   node, after a node that gives it its items
 *
 * @typedef {import('./probe').Execution & { seconds: number, distinct: number }} Measured `seconds` and
 *   `distinct` are those of the subject, the rest is of the whole workflow
 *
 * @typedef {Awaited<ReturnType<N8n['openClerk']>>} OpenClerk
 * @typedef {Awaited<ReturnType<typeof openN8n>>} N8n
 */

/** @param {Subject} subject @param {Record<string, any>[]} input @param {ReturnType<typeof using>} credentials */
function workflowFor(subject, input, credentials) {
	const items = { mode: 'raw', jsonOutput: JSON.stringify({ items: input }) };
	const list = { fieldToSplitOut: 'items' };
	const nodes = [
		START,
		{ name: 'Input', type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: items },
		{ name: 'Items', type: 'n8n-nodes-base.splitOut', parameters: list },
		{ ...subject, name: 'Subject', credentials },
	];
	return workflowOf('Bench', nodes);
}

/** n8n's own settings but for these, which keep it from working on anything but the workflow. */
const SETTINGS = {
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'none',
	EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'false',
};

/**
 * A real n8n and a simulated Clerk, each in a process of its own.
 *
 * @param {string[]} [otherPackages] folders of other packages of nodes
 */
async function openN8n(otherPackages) {
	/** @type {import('./workers').Farm<typeof import('./clerk')>} */
	const clerk = startWorker(join(__dirname, 'clerk.js'));
	const { api, ask, version } = await startProbed({ otherPackages, env: SETTINGS });

	return {
		/** What a scenario has to say of it. */
		conditions: [
			`n8n ${version}, which saves no executions`,
			'n8n and the simulated Clerk in processes of their own',
		],

		clerk,

		/** A Clerk in place of the one before, the IDs of its users, and its credential as a node refers to it. @param {Parameters<typeof import('./clerk').open>[0]} options */
		async openClerk(options) {
			const { secretKey, url, origin } = await clerk.open(options);
			const data = { secretKey, baseUrl: url, accessPolicy: 'full', rateLimitShare: 100 };
			const credential = await api.createCredential({ name: 'Clerk', type: 'clerkApi', data });
			const ids = await clerk.userIds();
			return { url, origin, secretKey, ids, credentials: using(credential) };
		},

		/**
		 * Runs a workflow of one node that is measured, and waits for its end. A workflow that fails has
		 * a result, too: `status` says so.
		 *
		 * @param {Subject} subject
		 * @param {Record<string, any>[]} input
		 * @param {{ credentials: ReturnType<typeof using> }} clerk
		 * @returns {Promise<Measured>}
		 */
		async run(subject, input, { credentials }) {
			const workflow = await api.createWorkflow(workflowFor(subject, input, credentials));
			const { executionId } = await api.startWorkflow(workflow, START.name);
			/** @type {import('./probe').Execution} */
			const execution = await ask(`/executions/${executionId}`);
			const { ms = NaN, distinct = 0 } = execution.nodes.Subject ?? {};
			return { ...execution, seconds: ms / 1000, distinct };
		},
	};
}

module.exports = { openN8n, startProbed };
