'use strict';

const { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { basename, join } = require('node:path');
const axios = require('axios').default;
const getPort = require('get-port');
const { startN8n } = require('../../sandbox/n8n/host');
const { ensureInstall } = require('../../sandbox/n8n/install');
const { ensureBuild } = require('../../sandbox/n8n/package');
const { startRemote } = require('./remote');

const RUN_TIMEOUT_MS = 600_000;
const NODES_PACKAGE = 'n8n-nodes-bench';

/** What runs in the n8n of a scenario, or in the Clerk of it, is known by these types. */
const CLERK_NODE = { type: 'n8n-nodes-clerk.clerk', typeVersion: 1 };
const HTTP_NODE = { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.5 };

/**
 * The name under which n8n knows a node of the scenario's own.
 *
 * @param {string} name as in its description
 */
const ownNode = (name) => ({ type: `${NODES_PACKAGE}.${name}`, typeVersion: 1 });

/**
 * A package of the scenario's own nodes, as n8n wants one.
 *
 * @param {string[]} files named like `Bare.node.js`, in plain JavaScript
 * @returns {string} its folder
 */
function packageOf(files) {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-clerk-bench-'));
	mkdirSync(join(folder, 'dist'));
	for (const file of files) copyFileSync(file, join(folder, 'dist', basename(file)));
	const nodes = files.map((file) => `dist/${basename(file)}`);
	const manifest = { name: NODES_PACKAGE, version: '1.0.0', n8n: { nodes, credentials: [] } };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	return folder;
}

/** n8n's own settings but for these, which keep it from working on anything but the workflow. */
const SETTINGS = {
	EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'none',
	EXECUTIONS_DATA_SAVE_MANUAL_EXECUTIONS: 'false',
};

/**
 * @typedef {object} Subject one node, after a node that gives it its items
 * @property {string} type
 * @property {number} typeVersion
 * @property {Record<string, any>} parameters
 * @property {string} [onError]
 *
 * @typedef {import('./probe').Execution & { seconds: number, items: number }} Measured `seconds` and
 *   `items` are those of the subject, the rest of the whole workflow; see the probe
 *
 * @typedef {Awaited<ReturnType<typeof openRealN8n>>} RealN8n
 */

/**
 * @param {Subject} subject
 * @param {Record<string, any>[]} input
 * @param {import('../../sandbox/n8n/api').Credential} credential
 * @returns {import('../../sandbox/n8n/api').Workflow}
 */
function workflowOf(subject, input, { id, name, type }) {
	const base = 'n8n-nodes-base.';
	const jsonOutput = JSON.stringify({ items: input });
	const nodes = [
		{ name: 'Start', type: `${base}manualTrigger`, typeVersion: 1, parameters: {} },
		{
			name: 'Input',
			type: `${base}set`,
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput },
		},
		{
			name: 'Items',
			type: `${base}splitOut`,
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'items' },
		},
		{ ...subject, name: 'Subject', credentials: { [type]: { id, name } } },
	];
	return {
		name: 'Bench',
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node, x) => ({ ...node, id: `node-${x}`, position: [x * 200, 0] })),
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map((node, x) => [
					nodes[x].name,
					{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
				]),
		),
	};
}

/**
 * A real n8n and a simulated Clerk, each in a process of its own.
 *
 * @param {{ nodes?: string[] }} [options] `nodes`: files of the scenario's own nodes, see `ownNode`
 */
async function openRealN8n({ nodes = [] } = {}) {
	// Not on stdout, where --json is.
	const install = await ensureInstall({ say: console.error });
	const packageDir = ensureBuild(console.error);
	const port = await getPort();
	const own = packageOf(nodes);
	/** @type {import('./remote').Remote<typeof import('./clerkProcess')>} */
	const clerk = startRemote(join(__dirname, 'clerkProcess.js'));
	const close = async () => {
		await Promise.all([host?.close(), clerk.close()]);
		rmSync(own, { recursive: true, force: true });
	};
	/** @type {import('../../sandbox/n8n/host').Host | undefined} */
	let host;
	try {
		host = await startN8n({
			packageDir,
			otherPackages: nodes.length > 0 ? [own] : [],
			install,
			env: {
				...SETTINGS,
				EXTERNAL_HOOK_FILES: join(__dirname, 'probe.js'),
				BENCH_PROBE_PORT: String(port),
			},
		});
	} catch (error) {
		await close();
		throw error;
	}
	const { api } = host;

	return {
		/** What a scenario has to say of it. */
		conditions: [
			`n8n ${install.version}, which saves no executions`,
			'n8n and the simulated Clerk in processes of their own',
		],

		clerk,

		/**
		 * A Clerk and the credential for it; nothing of those before counts any more.
		 *
		 * @param {Parameters<typeof import('./clerkProcess').open>[0] & { share?: number }} options
		 *   `share` in percent, of the limit
		 */
		async openClerk({ share = 100, ...options }) {
			const { url, origin, secretKey } = await clerk.call('open', options);
			const data = { secretKey, baseUrl: url, accessPolicy: 'full', rateLimitShare: share };
			const credential = await api.createCredential({ name: 'Clerk', type: 'clerkApi', data });
			return { url, origin, secretKey, credential };
		},

		/**
		 * Runs a workflow of one node that is measured, and waits for its end. A workflow that fails is
		 * an answer, too: `status` says so.
		 *
		 * @param {Subject} subject
		 * @param {Record<string, any>[]} input
		 * @param {import('../../sandbox/n8n/api').Credential} credential
		 * @returns {Promise<Measured>}
		 */
		async run(subject, input, credential) {
			const workflow = await api.createWorkflow(workflowOf(subject, input, credential));
			const { executionId } = await api.startWorkflow(workflow, 'Start');
			const { data: execution } = await axios.get(`http://127.0.0.1:${port}/${executionId}`, {
				proxy: false,
				timeout: RUN_TIMEOUT_MS,
			});
			const { ms = NaN, items = 0 } = execution.nodes.Subject ?? {};
			return { ...execution, seconds: ms / 1000, items };
		},

		close,
	};
}

module.exports = { CLERK_NODE, HTTP_NODE, openRealN8n, ownNode };
