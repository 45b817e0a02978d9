'use strict';

const { join } = require('node:path');
const axios = require('axios').default;
const getPort = require('get-port');
const { startN8n } = require('../../sandbox/n8n/host');
const { ensureInstall } = require('../../sandbox/n8n/install');
const { ensureBuild } = require('../../sandbox/n8n/package');
const { startWorker } = require('./workers');

const TIMEOUT_MS = 600_000;

/** What n8n is started with. Messages go to stderr, as --json prints to stdout. */
const prepared = async () => ({
	install: await ensureInstall({ say: console.error }),
	packageDir: ensureBuild(console.error),
});

/**
 * A real n8n with this package, in a process of its own with `probe.js` in it.
 *
 * @param {{ env?: Record<string, string>, otherPackages?: string[] }} [options] `env`: over the settings of the
 *   sandbox; `otherPackages`: folders of other packages of nodes
 */
async function startProbed({ env, otherPackages } = {}) {
	const port = await getPort();
	const hooks = { EXTERNAL_HOOK_FILES: join(__dirname, 'probe.js'), BENCH_PORT: String(port) };
	const options = { ...(await prepared()), otherPackages, env: { ...hooks, ...env } };
	const host = await startN8n(options);
	const ended = host.untilEnd.then((log) => {
		throw new Error(`n8n has ended. Its last lines:\n${log}`);
	});
	return {
		...host,

		/** Asks the probe. @param {string} path @returns {Promise<any>} */
		async ask(path) {
			const options = { proxy: /** @type {const} */ (false), timeout: TIMEOUT_MS };
			const asked = axios.get(`http://127.0.0.1:${port}${path}`, options);
			return (await Promise.race([asked, ended])).data;
		},
	};
}

/** @typedef {{ name: string, type: string, typeVersion: number, parameters: Record<string, any> } & Record<string, any>} Node */

/**
 * A workflow of nodes in a row.
 *
 * @param {Node[]} nodes
 * @returns {import('../../sandbox/n8n/api').Workflow}
 */
function chain(nodes) {
	const to = (/** @type {string} */ node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name: 'Bench',
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node, x) => ({ ...node, id: `node-${x}`, position: [x * 200, 0] })),
		connections: Object.fromEntries(
			nodes.slice(1).map((next, x) => [nodes[x].name, to(next.name)]),
		),
	};
}

/**
 * Saves a credential of the Clerk node.
 *
 * @param {import('../../sandbox/n8n/api').Api} api
 * @param {{ url: string, secretKey: string }} clerk
 * @param {number} rateLimitShare in percent
 * @returns {Promise<{ credentials: Record<string, { id: string, name: string }> }>} as a node refers to it
 */
async function saveCredential(api, { url: baseUrl, secretKey }, rateLimitShare) {
	const data = { secretKey, baseUrl, accessPolicy: 'full', rateLimitShare };
	const { id, name } = await api.createCredential({ name: 'Clerk', type: 'clerkApi', data });
	return { credentials: { clerkApi: { id, name } } };
}

/** n8n's own settings but for these, which keep it from working on anything but the workflow. */
const SETTINGS = {
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'none',
	EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'false',
};

/**
 * @typedef {{ type: string, typeVersion: number, parameters: Record<string, any>, onError?: string }} Subject one
 *   node, after a node that gives it its items
 *
 * @typedef {import('./probe').Execution & { seconds: number, distinct: number }} Measured `seconds` and
 *   `distinct` are those of the subject, the rest is of the whole workflow
 *
 * @typedef {Awaited<ReturnType<typeof saveCredential>>} Saved
 * @typedef {{ url: string, origin: string, secretKey: string } & Saved} OpenClerk
 * @typedef {Awaited<ReturnType<typeof openN8n>>} N8n
 */

/** @param {Subject} subject @param {Record<string, any>[]} input @param {Saved} clerk */
function workflowOf(subject, input, { credentials }) {
	const base = 'n8n-nodes-base.';
	const items = { mode: 'raw', jsonOutput: JSON.stringify({ items: input }) };
	const list = { fieldToSplitOut: 'items' };
	return chain([
		{ name: 'Start', type: `${base}manualTrigger`, typeVersion: 1, parameters: {} },
		{ name: 'Input', type: `${base}set`, typeVersion: 3.4, parameters: items },
		{ name: 'Items', type: `${base}splitOut`, typeVersion: 1, parameters: list },
		{ ...subject, name: 'Subject', credentials },
	]);
}

/**
 * A real n8n and a simulated Clerk, each in a process of its own.
 *
 * @param {string[]} [otherPackages] folders of other packages of nodes
 */
async function openN8n(otherPackages) {
	/** @type {import('./workers').Farm<typeof import('./clerkProcess')>} */
	const clerk = startWorker(join(__dirname, 'clerkProcess.js'));
	const { api, ask, version } = await startProbed({ otherPackages, env: SETTINGS });

	return {
		/** What a scenario has to say of it. */
		conditions: [
			`n8n ${version}, which saves no executions`,
			'n8n and the simulated Clerk in processes of their own',
		],

		clerk,

		/** A Clerk and the credential for it, in place of the ones before. @param {Parameters<typeof import('./clerkProcess').open>[0]} options @returns {Promise<OpenClerk>} */
		async openClerk(options) {
			const opened = await clerk.open(options);
			return { ...opened, ...(await saveCredential(api, opened, 100)) };
		},

		/**
		 * Runs a workflow of one node that is measured, and waits for its end. A workflow that fails has
		 * a result, too: `status` says so.
		 *
		 * @param {Subject} subject
		 * @param {Record<string, any>[]} input
		 * @param {Saved} clerk
		 * @returns {Promise<Measured>}
		 */
		async run(subject, input, clerk) {
			const workflow = await api.createWorkflow(workflowOf(subject, input, clerk));
			const { executionId } = await api.startWorkflow(workflow, 'Start');
			/** @type {import('./probe').Execution} */
			const execution = await ask(`/executions/${executionId}`);
			const { ms = NaN, distinct = 0 } = execution.nodes.Subject ?? {};
			return { ...execution, seconds: ms / 1000, distinct };
		},
	};
}

module.exports = { chain, openN8n, prepared, saveCredential, startProbed };
