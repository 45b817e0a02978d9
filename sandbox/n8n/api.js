'use strict';

const { Agent } = require('node:http');
const axios = require('axios').default;
const { runOf } = require('./runs');
const { until } = require('./until');

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

/**
 * The part of n8n's REST API that its editor uses, as far as the sandbox and the benches need it.
 * What only the tests need is in test/n8n/support/api.js.
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

		/** @param {string} executionId @returns {Promise<Run>} */
		async whenOver(executionId) {
			const look = async () => runOf(await call('GET', `/executions/${executionId}`));
			return await until(look, `The end of execution ${executionId}`, OF_A_RUN);
		},
	};
}

module.exports = { OF_A_RUN, caller, createApi, signIn };
