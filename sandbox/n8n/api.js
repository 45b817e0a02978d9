'use strict';

const { Agent } = require('node:http');
const axios = require('axios').default;
const { runOf } = require('./runs');
const { until } = require('./until');
const { using } = require('./workflow');

const OF_A_RUN = { timeoutMs: 300_000, everyMs: 200 };

/**
 * @typedef {import('./runs').Item} Item
 * @typedef {import('./runs').Run} Run
 * @typedef {import('./runs').RunError} RunError
 * @typedef {{ name: string, type: string, parameters: Record<string, any>, credentials?: Record<string, { id: string | null, name: string }> } & Record<string, any>} WorkflowNode
 * @typedef {{ name: string, nodes: WorkflowNode[], connections: Record<string, any>, settings?: Record<string, any>, id?: string } & Record<string, any>} Workflow
 * @typedef {Workflow & { id: string }} SavedWorkflow as n8n returned it
 * @typedef {{ name: string, type: string, data: Record<string, any> }} NewCredential
 * @typedef {NewCredential & { id: string }} Credential
 * @typedef {ReturnType<typeof createApi>} Api
 */

/** @param {string} url @param {string} [cookie] */
function caller(url, cookie) {
	const headers = cookie ? { cookie } : {};
	// While the tests are compiled, it goes unseen that n8n closes an idle connection, and the next request would be lost on it.
	const httpAgent = new Agent({ keepAlive: false });
	const options = { proxy: /** @type {const} */ (false), validateStatus: () => true, httpAgent };
	const http = axios.create({ baseURL: url, headers, ...options });

	/** @param {string} method @param {string} path @param {unknown} [body] */
	return async function call(method, path, body) {
		const response = await http.request({ method, url: path, data: body });
		const { status, data } = response;
		if (status >= 400 || typeof data !== 'object') {
			throw new Error(`n8n answered ${status} to ${method} ${path}: ${data?.message ?? data}`);
		}
		return { data, cookies: response.headers['set-cookie'] ?? [] };
	};
}

/**
 * Logs in; on a fresh n8n makes the owner first.
 *
 * @param {string} url
 * @param {{ email: string, password: string }} owner
 * @returns {Promise<string>} the cookie that the REST API wants
 */
async function signIn(url, { email, password }) {
	const call = caller(url);
	const { data: settings } = await call('GET', '/rest/settings');
	if (settings.data.userManagement?.showSetupOnFirstLoad) {
		const named = { email, password, firstName: 'Clerk', lastName: 'Sandbox' };
		await call('POST', '/rest/owner/setup', named);
	}
	const { cookies } = await call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	return cookies.map((each) => each.split(';')[0]).join('; ');
}

/** @param {string} id of a workflow */
const runsOf = (id) =>
	`/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: id }))}`;

/**
 * The part of n8n's REST API that its editor uses and the sandbox needs.
 *
 * @param {string} url
 * @param {string} cookie
 */
function createApi(url, cookie) {
	const request = caller(url, cookie);

	/** @param {string} method @param {string} path @param {unknown} [body] */
	const call = async (method, path, body) =>
		(await request(method, `/rest${path}`, body)).data.data;

	return {
		call,

		/** @param {NewCredential} credential @returns {Promise<Credential>} */
		async createCredential(credential) {
			const { id } = await call('POST', '/credentials', credential);
			return { ...credential, id };
		},

		/** @param {Credential} credential with the changed `data` */
		async updateCredential({ id, ...credential }) {
			await call('PATCH', `/credentials/${id}`, credential);
		},

		/** As the editor does it when its form is saved. @param {Credential} credential @returns {Promise<{ status: 'OK' | 'Error', message: string }>} */
		async testCredential(credential) {
			return await call('POST', '/credentials/test', { credentials: credential });
		},

		/** @param {Workflow} workflow @returns {Promise<SavedWorkflow>} */
		async createWorkflow({ name, nodes, connections, settings = {}, pinData }) {
			const body = { name, nodes, connections, settings, pinData, active: false };
			return await call('POST', '/workflows', body);
		},

		/**
		 * What a click on "Execute workflow" does, or one on "Listen for test event".
		 *
		 * @param {SavedWorkflow} workflow
		 * @param {string} triggerName
		 * @returns {Promise<{ executionId: string } & Record<string, any>>}
		 */
		async startWorkflow(workflow, triggerName) {
			const triggerToStartFrom = { name: triggerName };
			const body = { workflowData: workflow, triggerToStartFrom };
			return await call('POST', `/workflows/${workflow.id}/run`, body);
		},

		/** @param {SavedWorkflow} workflow @param {string} triggerName */
		async runWorkflow(workflow, triggerName) {
			const { executionId } = await this.startWorkflow(workflow, triggerName);
			return await this.whenOver(executionId);
		},

		/** What a click on "Stop" does. @param {string} executionId */
		async stop(executionId) {
			await call('POST', `/executions/${executionId}/stop`);
		},

		/** @param {string} executionId @returns {Promise<Run>} */
		async whenOver(executionId) {
			const look = async () => runOf(await call('GET', `/executions/${executionId}`));
			return await until(look, `The end of execution ${executionId}`, OF_A_RUN);
		},

		/** Waits until an execution is stored as waiting: only then its links can resume it. @param {string} executionId */
		async whenWaiting(executionId) {
			const look = async () => (await call('GET', `/executions/${executionId}`)).status;
			const isWaiting = async () => (await look()) === 'waiting';
			await until(isWaiting, `Execution ${executionId} waits`, OF_A_RUN);
		},

		/** @param {SavedWorkflow} workflow */
		async activate({ id, versionId }) {
			await call('POST', `/workflows/${id}/activate`, { versionId });
		},

		/**
		 * Activates a workflow that cannot be activated. n8n 1 and 2.8 respond with the reason at once,
		 * 2.40 publishes in the background and keeps the reason.
		 *
		 * @param {SavedWorkflow} workflow
		 * @returns {Promise<string>} what n8n says of it
		 */
		async refusedActivation(workflow) {
			const refused = await this.activate(workflow).catch((error) => String(error.message));
			if (refused) return refused;
			return await until(async () => {
				const path = `/workflows/${workflow.id}/publication-status`;
				const { status, ...details } = await call('GET', path);
				return status !== 'in_progress' && JSON.stringify(details);
			}, `Workflow ${workflow.id} is not activated`);
		},

		/** @param {{ id: string }} workflow */
		async deactivate({ id }) {
			await call('POST', `/workflows/${id}/deactivate`, {});
		},

		/** The runs of a workflow that are over, oldest first. @param {{ id: string }} workflow */
		async executions(workflow) {
			const stored = await this.storedExecutions(workflow);
			return stored.flatMap((execution) => runOf(execution) ?? []);
		},

		/**
		 * All runs of a workflow as n8n has stored them, oldest first.
		 *
		 * @param {{ id: string }} workflow
		 * @returns {Promise<Array<Parameters<typeof runOf>[0]>>} `data`: a text for flatted
		 */
		async storedExecutions({ id }) {
			const stored = [];
			for (let page = `${runsOf(id)}&limit=100`; ;) {
				const { results } = await call('GET', page);
				for (const each of results) stored.unshift(await call('GET', `/executions/${each.id}`));
				if (results.length < 100) return stored;
				page = `${runsOf(id)}&limit=100&lastId=${results.at(-1).id}`;
			}
		},

		/** How many runs a workflow had, those under way among them. @param {{ id: string }} workflow @returns {Promise<number>} */
		async countExecutions({ id }) {
			return (await call('GET', `${runsOf(id)}&limit=1`)).count;
		},

		/** @returns {Promise<Array<{ name: string, displayName: string } & Record<string, any>>>} */
		async nodeTypes() {
			return (await request('GET', '/types/nodes.json')).data;
		},

		/**
		 * The description of a node as the editor gets it when it opens the form.
		 *
		 * @param {string} name
		 * @param {number} [version]
		 * @returns {Promise<{ name: string, properties: Array<Record<string, any>> } & Record<string, any>>}
		 */
		async nodeType(name, version = 1) {
			const [description] = await call('POST', '/node-types', { nodeInfos: [{ name, version }] });
			return description;
		},

		/** What the editor shows of an output before its first run. @param {string[]} path type, version (1.0.0), resource, operation @returns {Promise<Record<string, any>>} */
		async outputSchema(...path) {
			return (await request('GET', `/schemas/${path.join('/')}.json`)).data;
		},

		/**
		 * What the editor asks when a locator's list is opened.
		 *
		 * @param {{ methodName: string, path: string, nodeType: string, parameters: Record<string, any>, credential: Credential, filter?: string, paginationToken?: string }} search `path` of the parameter, e.g. parameters.userId; `filter`: what the user typed
		 * @returns {Promise<{ results: Array<{ name: string, value: string, url?: string }>, paginationToken?: unknown }>}
		 */
		async searchLocator({ nodeType, parameters, credential, ...search }) {
			return await call('POST', '/dynamic-node-parameters/resource-locator-results', {
				...search,
				nodeTypeAndVersion: { name: nodeType, version: 1 },
				currentNodeParameters: parameters,
				credentials: using(credential),
			});
		},
	};
}

module.exports = { createApi, signIn };
