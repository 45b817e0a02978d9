'use strict';

const { randomUUID } = require('node:crypto');
const axios = require('axios').default;
const { until } = require('../../../sandbox/n8n/until');
const { using, workflowOf } = require('../../../sandbox/n8n/workflow');

/** Workflows that start by themselves, in the n8n of the test run. */

/** Every second: n8n refuses to poll more often than once a minute, but not sixty schedules of a minute each. */
const OFTEN = Array.from({ length: 60 }, (_, second) => ({
	mode: 'custom',
	cronExpression: `${second} * * * * *`,
}));

/** @param {{ url: string, api: import('./api').TestApi, credential?: import('../../../sandbox/n8n/api').Credential }} host `credential`: of polling triggers */
const triggers = ({ url, api, credential }) => ({
	until,

	/**
	 * A workflow that starts with a Clerk Trigger.
	 *
	 * @param {string} secret
	 * @param {Record<string, any>} [parameters]
	 * @param {import('../../../sandbox/n8n/api').WorkflowNode[]} [after]
	 */
	async createTrigger(secret, parameters = { events: ['*'] }, after = []) {
		const type = 'n8n-nodes-clerk.clerkTrigger';
		const trigger = { name: 'Clerk Trigger', type, typeVersion: 2, parameters };
		return await this.importTrigger(secret, workflowOf('Webhook', [trigger, ...after]));
	},

	/** A workflow with a Clerk Trigger, for this n8n. @param {string} secret @param {import('../../../sandbox/n8n/api').Workflow} given */
	async importTrigger(secret, given) {
		const data = { signingSecret: secret };
		const webhook = { name: 'Clerk webhook', type: 'clerkWebhookApi', data };
		const credential = await api.createCredential(webhook);
		const trigger = given.nodes.find(({ type }) => type.endsWith('.clerkTrigger'));
		if (!trigger) throw new Error(`${given.name} has no Clerk Trigger`);
		const webhookId = randomUUID();
		Object.assign(trigger, { webhookId, credentials: using(credential) });
		const workflow = await api.createWorkflow(given);
		return {
			...this.webhook(workflow, trigger.name, `${webhookId}/webhook`),

			/** Saves another signing secret in the credential. @param {string} signingSecret */
			async changeSecret(signingSecret) {
				await api.updateCredential({ ...credential, data: { signingSecret } });
			},
		};
	},

	/**
	 * What a workflow is to who posts to its webhook.
	 *
	 * @param {import('../../../sandbox/n8n/api').SavedWorkflow} workflow
	 * @param {string} triggerName
	 * @param {string} path of the webhook
	 */
	webhook(workflow, triggerName, path) {
		const production = `${url}/webhook/${path}`;
		const count = async () => await api.countExecutions(workflow);
		return {
			workflow,
			url: production,
			testUrl: `${url}/webhook-test/${path}`,

			async activate() {
				await api.activate(workflow);
				// n8n responds before the webhook is there; a request that is refused starts nothing.
				await until(async () => (await this.post({})).status !== 404, 'The webhook is there');
			},

			async deactivate() {
				await api.deactivate(workflow);
				await until(async () => (await this.post({})).status === 404, 'The webhook is gone');
			},

			listen: async () => await api.startWorkflow(workflow, triggerName),

			/** @param {{ body?: any, headers?: Record<string, any>, to?: string }} request */
			async post({ body = '', headers = {}, to = production }) {
				const started = performance.now();
				const { status, data } = await axios.post(to, body, {
					headers,
					proxy: false,
					validateStatus: () => true,
					maxBodyLength: Infinity,
					transformRequest: (text) => text,
				});
				return { status, text: data, ms: performance.now() - started };
			},

			/** Once there are `wanted`, and no other is under way. @param {number} wanted */
			async runs(wanted) {
				await until(async () => (await count()) >= wanted, `${wanted} runs`);
				return await until(async () => {
					const runs = await api.executions(workflow);
					return runs.length === (await count()) && runs;
				}, 'The runs are over');
			},

			count,

			/** The `svix-id` of every execution, whatever became of it. @returns {Promise<string[]>} */
			async deliveries() {
				const executions = await api.storedExecutions(workflow);
				return executions.flatMap(({ data }) => /\bmsg_\w+/.exec(data)?.[0] ?? []);
			},
		};
	},

	/** A workflow that starts with a Clerk Polling Trigger, every second. @param {Record<string, any>} parameters */
	async createPollingTrigger(parameters) {
		if (!credential) throw new Error('There is no credential to poll with');
		const name = 'Clerk Polling Trigger';
		const trigger = {
			name,
			type: 'n8n-nodes-clerk.clerkPollingTrigger',
			parameters: { ...parameters, pollTimes: { item: OFTEN } },
			credentials: using(credential),
		};
		const workflow = await api.createWorkflow(workflowOf('Polling', [trigger]));
		return {
			workflow,
			activate: async () => await api.activate(workflow),
			deactivate: async () => await api.deactivate(workflow),
			test: async () => await api.runWorkflow(workflow, name),

			/** All records that the runs began with, in order. @returns {Promise<Record<string, any>[]>} */
			async given() {
				const runs = await api.executions(workflow);
				return runs.flatMap(({ data }) => (data[name] ?? []).map(({ json }) => json));
			},
		};
	},
});

module.exports = { triggers };
