'use strict';

const { randomUUID } = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');
const { startClerk } = require('../../../sandbox/clerk');
const { triggers } = require('./triggers');
const { using, workflowOf } = require('../../../sandbox/n8n/workflow');
const { clerkRename } = require('../../../bench/lib/nodes');

const TIMEOUT_MS = 300_000;
const NAME = 'Renamed';

/**
 * Updates many users, split over executions that run at once in the workers of an n8n in queue mode. They all use one
 * key, with 100 requests in 10 s.
 *
 * @param {import('./queue').Queue} queue
 * @param {object} options
 * @param {number} options.users
 * @param {number} options.executions
 * @param {number} options.share of the limit, in percent, as in the credential of each worker
 */
async function updateInQueue({ api, webhookUrl, workers }, { users, executions, share }) {
	const clerk = await startClerk({ seed: { users } });
	try {
		const { url: baseUrl, secretKey } = clerk;
		const data = { secretKey, baseUrl, accessPolicy: 'full', rateLimitShare: share };
		const credential = await api.createCredential({ name: 'Clerk', type: 'clerkApi', data });
		const path = randomUUID();
		const nodes = [
			{
				name: 'Start',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: path,
				parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			},
			{
				name: 'Users',
				type: 'n8n-nodes-base.splitOut',
				parameters: { fieldToSplitOut: 'body.users', options: { destinationFieldName: 'id' } },
			},
			{ ...clerkRename(NAME), name: 'Update', credentials: using(credential) },
		];
		const workflow = await api.createWorkflow(workflowOf('Queue', nodes));
		await api.activate(workflow);

		const ids = clerk.state.users.rows.map(({ id }) => id);
		const size = Math.ceil(users / executions);
		const host = triggers({ url: webhookUrl, api });
		const webhook = host.webhook(workflow, 'Start', path);
		const start = async (/** @type {number} */ at) => {
			const body = JSON.stringify({ users: ids.slice(at * size, (at + 1) * size) });
			const request = { body, headers: { 'content-type': 'application/json' } };
			await host.until(async () => {
				const { status } = await webhook.post(request);
				// n8n says that the workflow is active before its webhook is there. Any other failure may
				// have started an execution: a repeated start would make two.
				if (status !== 200 && status !== 404) throw new Error(`The start failed with ${status}`);
				return status === 200;
			}, 'The start');
		};
		await Promise.all(Array.from({ length: executions }, (_, at) => start(at)));
		const runs = await untilOver(api, workflow, executions);
		await api.deactivate(workflow);

		const updates = clerk.requests.filter(({ method }) => method === 'PATCH');
		const times = (/** @type {string} */ id) =>
			updates.filter((it) => it.path === `/users/${id}` && it.status === 200).length;
		return {
			rejected: updates.filter(({ status }) => status === 429).length,
			/** Users who were not updated. */
			lost: clerk.state.users.rows.filter(({ first_name }) => first_name !== NAME).length,
			/** Users whose update was carried out more than once. */
			twice: ids.filter((id) => times(id) > 1).length,
			statuses: runs.map(({ status }) => status),
			/** How many of the executions each worker had. */
			perWorker: workers.map((worker) => {
				const began = new Set(worker.executions());
				return runs.filter(({ id }) => began.has(id)).length;
			}),
		};
	} finally {
		await clerk.close();
	}
}

/**
 * @param {import('../../../sandbox/n8n/api').Api} api
 * @param {{ id: string }} workflow
 * @param {number} count
 * @returns {Promise<Array<{ id: string, status: string }>>} all of its executions, once that number is over
 */
async function untilOver(api, { id }, count) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline; await sleep(250)) {
		const { results } = await api.call('GET', `/executions?filter=${filter}&limit=100`);
		const isOver = results.every((/** @type {{ stoppedAt?: string }} */ it) => it.stoppedAt);
		if (results.length >= count && isOver) return results;
	}
	throw new Error(`${count} executions were not over after ${TIMEOUT_MS / 1000} s`);
}

module.exports = { updateInQueue };
