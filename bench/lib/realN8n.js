'use strict';

const { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { basename, join } = require('node:path');
const { chain, credentialsOf, startHost } = require('./host');
const { startWorker } = require('./workers');

const NODES_PACKAGE = 'n8n-nodes-bench';

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
 * @typedef {import('./probe').Execution} Measured `seconds` are those of the subject, the rest is of the
 *   whole workflow
 *
 * @typedef {Awaited<ReturnType<typeof openRealN8n>>} RealN8n
 */

/**
 * @param {Subject} subject
 * @param {Record<string, any>[]} input
 * @param {import('../../sandbox/n8n/api').Credential} credential
 */
function workflowOf(subject, input, credential) {
	const base = 'n8n-nodes-base.';
	const items = { mode: 'raw', jsonOutput: JSON.stringify({ items: input }) };
	return chain('Bench', [
		{ name: 'Start', type: `${base}manualTrigger`, typeVersion: 1, parameters: {} },
		{ name: 'Input', type: `${base}set`, typeVersion: 3.4, parameters: items },
		{
			name: 'Items',
			type: `${base}splitOut`,
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'items' },
		},
		{ ...subject, name: 'Subject', credentials: credentialsOf(credential) },
	]);
}

/**
 * A real n8n and a simulated Clerk, each in a process of its own.
 *
 * @param {{ nodes?: string[] }} [options] `nodes`: files of the scenario's own nodes, see `ownNode`
 */
async function openRealN8n({ nodes = [] } = {}) {
	const own = packageOf(nodes);
	/** @type {import('./workers').Farm<typeof import('./clerkProcess')>} */
	const clerk = startWorker(join(__dirname, 'clerkProcess.js'), [
		'open',
		'addOrganization',
		'setLatency',
		'requests',
		'users',
	]);
	/** @type {Awaited<ReturnType<typeof startHost>> | undefined} */
	let host;
	const close = async () => {
		await Promise.all([host?.close(), clerk.end()]);
		rmSync(own, { recursive: true, force: true });
	};
	try {
		host = await startHost({
			hooks: join(__dirname, 'probe.js'),
			otherPackages: nodes.length > 0 ? [own] : [],
			env: SETTINGS,
		});
	} catch (error) {
		await close();
		throw error;
	}
	const { api, read, version } = host;

	return {
		/** What a scenario has to say of it. */
		conditions: [
			`n8n ${version}, which saves no executions`,
			'n8n and the simulated Clerk in processes of their own',
		],

		clerk,

		/**
		 * A Clerk and the credential for it, in place of the ones before.
		 *
		 * @param {Parameters<typeof import('./clerkProcess').open>[0]} options
		 */
		async openClerk(options) {
			const { url, origin, secretKey } = await clerk.open(options);
			const data = { secretKey, baseUrl: url, accessPolicy: 'full', rateLimitShare: 100 };
			const credential = await api.createCredential({ name: 'Clerk', type: 'clerkApi', data });
			return { url, origin, secretKey, credential };
		},

		/**
		 * Runs a workflow of one node that is measured, and waits for its end. A workflow that fails has
		 * a result, too: `status` says so.
		 *
		 * @param {Subject} subject
		 * @param {Record<string, any>[]} input
		 * @param {import('../../sandbox/n8n/api').Credential} credential
		 * @returns {Promise<Measured>}
		 */
		async run(subject, input, credential) {
			const workflow = await api.createWorkflow(workflowOf(subject, input, credential));
			const { executionId } = await api.startWorkflow(workflow, 'Start');
			const execution = await read(`/${executionId}`);
			return { ...execution, seconds: (execution.nodes.Subject?.ms ?? NaN) / 1000 };
		},

		close,
	};
}

module.exports = { CLERK_NODE, HTTP_NODE, openRealN8n, ownNode };
