'use strict';

const { OF_A_RUN, caller, createApi } = require('../../../sandbox/n8n/api');
const { runOf } = require('../../../sandbox/n8n/runs');
const { until } = require('../../../sandbox/n8n/until');
const { using } = require('../../../sandbox/n8n/workflow');

/**
 * @typedef {import('../../../sandbox/n8n/api').Credential} Credential
 * @typedef {import('../../../sandbox/n8n/api').SavedWorkflow} SavedWorkflow
 * @typedef {ReturnType<typeof createTestApi>} TestApi
 */

/** @param {string} id of a workflow */
const runsOf = (id) =>
	`/executions?filter=${encodeURIComponent(JSON.stringify({ workflowId: id }))}`;

/**
 * The sandbox's part of n8n's REST API, with what only the tests ask.
 *
 * @param {string} url
 * @param {string} cookie
 */
function createTestApi(url, cookie) {
	const request = caller(url, cookie);
	const api = createApi(url, cookie);
	/** @param {string} path @returns {Promise<any>} */
	const get = async (path) => (await request('GET', path)).data;
	return {
		...api,

		/** @param {Credential} credential with the changed `data` */
		async updateCredential({ id, ...credential }) {
			await api.call('PATCH', `/credentials/${id}`, credential);
		},

		/** @param {SavedWorkflow} workflow */
		async activate({ id, versionId }) {
			await api.call('POST', `/workflows/${id}/activate`, { versionId });
		},

		/** @param {{ id: string }} workflow */
		async deactivate({ id }) {
			await api.call('POST', `/workflows/${id}/deactivate`, {});
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
				const { results } = await api.call('GET', page);
				for (const each of results) stored.unshift(await api.call('GET', `/executions/${each.id}`));
				if (results.length < 100) return stored;
				page = `${runsOf(id)}&limit=100&lastId=${results.at(-1).id}`;
			}
		},

		/** How many runs a workflow had, those under way among them. @param {{ id: string }} workflow @returns {Promise<number>} */
		async countExecutions({ id }) {
			return (await api.call('GET', `${runsOf(id)}&limit=1`)).count;
		},

		/** As the editor does it when its form is saved. @param {Credential} credential @returns {Promise<{ status: 'OK' | 'Error', message: string }>} */
		async testCredential(credential) {
			return await api.call('POST', '/credentials/test', { credentials: credential });
		},

		/** What a click on "Stop" does. @param {string} executionId */
		async stop(executionId) {
			await api.call('POST', `/executions/${executionId}/stop`);
		},

		/** Waits until an execution is stored as waiting: only then its links can resume it. @param {string} executionId */
		async whenWaiting(executionId) {
			const look = async () => (await api.call('GET', `/executions/${executionId}`)).status;
			const isWaiting = async () => (await look()) === 'waiting';
			await until(isWaiting, `Execution ${executionId} waits`, OF_A_RUN);
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
				const { status, ...details } = await api.call('GET', path);
				return status !== 'in_progress' && JSON.stringify(details);
			}, `Workflow ${workflow.id} is not activated`);
		},

		/** @returns {Promise<Array<{ name: string, displayName: string } & Record<string, any>>>} */
		async nodeTypes() {
			return await get('/types/nodes.json');
		},

		/**
		 * The description of a node as the editor gets it when it opens the form.
		 *
		 * @param {string} name
		 * @param {number} [version]
		 * @returns {Promise<{ name: string, properties: Array<Record<string, any>> } & Record<string, any>>}
		 */
		async nodeType(name, version = 1) {
			const [description] = await api.call('POST', '/node-types', {
				nodeInfos: [{ name, version }],
			});
			return description;
		},

		/** What the editor shows of an output before its first run. @param {string[]} path type, version (1.0.0), resource, operation @returns {Promise<Record<string, any>>} */
		async outputSchema(...path) {
			return await get(`/schemas/${path.join('/')}.json`);
		},

		/**
		 * What the editor asks when a locator's list is opened.
		 *
		 * @param {{ methodName: string, path: string, nodeType: string, parameters: Record<string, any>, credential: Credential, filter?: string, paginationToken?: string }} search `path` of the parameter, e.g. parameters.userId; `filter`: what the user typed
		 * @returns {Promise<{ results: Array<{ name: string, value: string, url?: string }>, paginationToken?: unknown }>}
		 */
		async searchLocator({ nodeType, parameters, credential, ...search }) {
			return await api.call('POST', '/dynamic-node-parameters/resource-locator-results', {
				...search,
				nodeTypeAndVersion: { name: nodeType, version: 1 },
				currentNodeParameters: parameters,
				credentials: using(credential),
			});
		},
	};
}

module.exports = { createTestApi };
