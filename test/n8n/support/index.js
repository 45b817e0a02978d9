'use strict';

const { startClerk } = require('../../../sandbox/clerk');
const { EXAMPLES, importExample, triggerOf } = require('../../../sandbox/n8n/examples');
const { startN8n } = require('../../../sandbox/n8n/host');
const { START, workflowOf } = require('../../../sandbox/n8n/workflow');
const { createTestApi } = require('./api');
const { CLERK, clerkNode } = require('./clerkNode');
const { startQueue } = require('./queue');
const { triggers } = require('./triggers');

/**
 * @typedef {'full' | 'noDeletes' | 'readOnly'} AccessPolicy
 * @typedef {{ name: string, type: string, typeVersion: number, parameters: Record<string, any> }} Between
 * @typedef {{ onError?: 'continueRegularOutput' | 'continueErrorOutput', retryOnFail?: boolean, maxTries?: number, waitBetweenTries?: number }} NodeSettings
 * @typedef {{ url: string, version: string, owner: { email: string, password: string }, cookie: string, files?: string }} RunningHost
 */

/** @returns {RunningHost} */
function runningHost() {
	const { N8N_SANDBOX_HOSTS: hosts, JEST_WORKER_ID: worker } = process.env;
	if (!hosts) throw new Error('No n8n is running; start these tests with npm run test:n8n');
	return JSON.parse(hosts)[Number(worker) - 1];
}

/**
 * Starts the n8n that is to be tested, in a process of its own, which a test may stop and start again.
 *
 * @param {NodeJS.ProcessEnv} [env] over the settings of the sandbox
 */
async function startOwnN8n(env) {
	const host = await startN8n({ env });
	const api = createTestApi(host.url, host.cookie);
	return { ...host, api, ...triggers({ url: host.url, api }) };
}

/**
 * The n8n of this worker of the test run, with a credential for one Clerk.
 *
 * @param {{ url: string, secretKey: string }} clerk
 * @param {AccessPolicy} [accessPolicy]
 * @param {RunningHost & { webhookUrl?: string }} [running] another n8n; `webhookUrl`: where its webhooks are, if not with it
 */
async function openN8n(
	{ url: baseUrl, secretKey },
	accessPolicy = 'full',
	running = runningHost(),
) {
	const { url, cookie, webhookUrl = url, ...host } = running;
	const api = createTestApi(url, cookie);
	const data = { secretKey, baseUrl, accessPolicy, rateLimitShare: 80 };
	const credential = await api.createCredential({ name: 'Clerk account', type: 'clerkApi', data });

	return {
		...host,
		url,
		api,
		credential,
		...triggers({ url: webhookUrl, api, credential }),

		/**
		 * @param {keyof typeof EXAMPLES} example
		 * @param {{ credentials?: import('../../../sandbox/n8n/api').Credential[] } & Parameters<typeof importExample>[3]} [filledIn] credentials besides Clerk's; parameters of nodes and what they give, by their names
		 */
		async importExample(example, { credentials = [], ...filledIn } = {}) {
			const chosen = [credential, ...credentials];
			const workflow = await importExample(api, EXAMPLES[example], chosen, filledIn);
			return { workflow, run: async () => await api.runWorkflow(workflow, triggerOf(workflow)) };
		},

		/** @param {keyof typeof EXAMPLES} example @param {Record<string, Record<string, any>>} [parameters] of nodes, by their names */
		async runExample(example, parameters) {
			return await (await this.importExample(example, { parameters })).run();
		},

		/**
		 * Starts a workflow that gives items to a Clerk node.
		 *
		 * @param {Record<string, any>} parameters
		 * @param {{ input?: Record<string, any>[], between?: Between[], settings?: Record<string, any>, node?: NodeSettings }} [around]
		 *   `input`: one empty item, when left out; `between` the input, which is called Items, and the Clerk node; `settings` of the workflow; `node`: those of the Clerk node
		 * @returns {Promise<string>} the execution's ID
		 */
		async startClerkNode(parameters, { input = [{}], between = [], settings, node } = {}) {
			const base = 'n8n-nodes-base.';
			const items = { mode: 'raw', jsonOutput: JSON.stringify({ items: input }), options: {} };
			const list = { fieldToSplitOut: 'items', options: {} };
			const nodes = [
				START,
				{ name: 'Input', type: `${base}set`, typeVersion: 3.4, parameters: items },
				{ name: 'Items', type: `${base}splitOut`, parameters: list },
				...between,
				{ ...clerkNode('Clerk', parameters, credential), ...node },
			];
			const rest = { settings: { executionOrder: 'v1', ...settings } };
			const workflow = await api.createWorkflow(workflowOf('Test', nodes, rest));
			return (await api.startWorkflow(workflow, 'Start')).executionId;
		},

		/**
		 * As `startClerkNode`, and gives what came out of the Clerk node.
		 *
		 * @param {Record<string, any>} parameters
		 * @param {Record<string, any>[]} [input]
		 * @param {Between[]} [between]
		 * @param {NodeSettings} [node]
		 */
		async runClerk(parameters, input, between, node) {
			const executionId = await this.startClerkNode(parameters, { input, between, node });
			const { status, data, outputs, error, ms } = await api.whenOver(executionId);
			const items = data.Clerk ?? [];
			const json = data.Clerk?.map((item) => item.json);
			return { status, error, items, json, outputs: outputs.Clerk ?? [], ms };
		},

		/**
		 * Runs Clerk nodes beside each other in one workflow, each with one empty item. One that Clerk
		 * refuses does not stop the others.
		 *
		 * @param {Record<string, Record<string, any>>} parameters of each node, by its name
		 * @returns {Promise<Record<string, Record<string, any>[]>>} what each put out, by its name
		 */
		async runEach(parameters) {
			const clerks = Object.entries(parameters).map(([name, values]) => ({
				...clerkNode(name, values, credential),
				onError: 'continueRegularOutput',
			}));
			const workflow = await api.createWorkflow(workflowOf('Test', [[START], clerks]));
			const { status, data, error } = await api.runWorkflow(workflow, 'Start');
			if (status !== 'success')
				throw new Error(`The workflow ended with ${status}`, { cause: error });
			return Object.fromEntries(
				Object.keys(parameters).map((name) => [name, (data[name] ?? []).map(({ json }) => json)]),
			);
		},

		/** @param {string} methodName @param {{ parameter?: string, parameters?: Record<string, any>, filter?: string }} [search] */
		async search(methodName, { parameter = 'userId', parameters = {}, filter } = {}) {
			const path = `parameters.${parameter}`;
			const found = { methodName, path, nodeType: CLERK, parameters, credential, filter };
			return await api.searchLocator(found);
		},
	};
}

module.exports = { openN8n, startClerk, startOwnN8n, startQueue };
