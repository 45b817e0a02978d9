'use strict';

const { randomUUID } = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');
const axios = require('axios').default;
const { startClerk } = require('../../../sandbox/clerk');
const { chain, credentialsOf } = require('../../lib/host');
const { clerkNode, httpNode, onError } = require('../../lib/renaming');

const TIMEOUT_MS = 300_000;
const NAME = 'Renamed';

/** @typedef {(url: string) => import('../../lib/realN8n').Subject} Subject the node that renames the user whose ID is `$json.id`, given Clerk's address */

/**
 * The executions live on one limit, so each of them is tuned to its part of it.
 *
 * @type {{ clerk: Subject, http: Subject, tuned(atOnce: number): Subject }}
 */
const NODES = {
	clerk: () => clerkNode(NAME),
	http: (url) => ({ ...httpNode(url, NAME), onError }),
	tuned: (executions) => (url) => {
		const batch = { batchSize: Math.floor(50 / executions), batchInterval: 500 };
		return { ...httpNode(url, NAME, batch), onError };
	},
};

/**
 * @param {import('../../lib/realN8n').Subject} subject
 * @param {string} path of the webhook
 * @param {import('../../../sandbox/n8n/api').Credential} credential
 */
function workflowOf(subject, path, credential) {
	const webhook = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const users = { fieldToSplitOut: 'body.users', options: { destinationFieldName: 'id' } };
	return chain('Updates', [
		{
			name: 'Start',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: path,
			parameters: webhook,
		},
		{ name: 'Users', type: 'n8n-nodes-base.splitOut', typeVersion: 1, parameters: users },
		{ ...subject, name: 'Update', credentials: credentialsOf(credential) },
	]);
}

/** One execution of a workflow that starts with a webhook. @param {string} url @param {string[]} users */
async function post(url, users) {
	for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline; await sleep(100)) {
		const options = { proxy: /** @type {const} */ (false), validateStatus: () => true };
		const { status } = await axios.post(url, { users }, options);
		if (status === 200) return;
		// n8n says that the workflow is active before its webhook is there.
		if (status !== 404) throw new Error(`n8n answered ${status} to the webhook`);
	}
	throw new Error('The webhook did not come');
}

/**
 * @param {import('../../../sandbox/n8n/api').Api} api
 * @param {{ id: string }} workflow
 * @param {number} count
 * @returns {Promise<Array<{ id: string, status: string, startedAt: string, stoppedAt: string }>>} all of its executions, once that number is over
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

/**
 * Updates many users, split over executions that run at once in the workers of an n8n in queue mode.
 *
 * @param {import('../../../sandbox/n8n/queue').Queue} queue
 * @param {object} options
 * @param {Subject} [options.subject]
 * @param {number} options.users
 * @param {number} options.executions
 * @param {number} options.share of the limit, in percent, as in the credential of each worker
 * @param {'live' | 'test'} options.key with 1,000 or with 100 requests in 10 s
 * @param {number} [options.latencyMs]
 */
async function updateInQueue({ api, webhookUrl, workers }, options) {
	const { subject = NODES.clerk, users: count, executions, share, key, latencyMs } = options;
	const clerk = await startClerk({ seed: { users: count }, latencyMs });
	try {
		const data = {
			secretKey: key === 'live' ? clerk.liveSecretKey : clerk.secretKey,
			baseUrl: clerk.url,
			accessPolicy: 'full',
			rateLimitShare: share,
		};
		const credential = await api.createCredential({ name: 'Clerk', type: 'clerkApi', data });
		const path = randomUUID();
		const workflow = await api.createWorkflow(workflowOf(subject(clerk.url), path, credential));
		await api.activate(workflow);

		const ids = clerk.state.users.rows.map(({ id }) => id);
		const size = Math.ceil(count / executions);
		await Promise.all(
			Array.from({ length: executions }, async (_, at) => {
				await post(`${webhookUrl}/webhook/${path}`, ids.slice(at * size, (at + 1) * size));
			}),
		);
		const runs = await untilOver(api, workflow, executions);
		await api.deactivate(workflow);

		const updates = clerk.requests.filter(({ method }) => method === 'PATCH');
		const times = (/** @type {string} */ id) =>
			updates.filter((it) => it.path === `/users/${id}` && it.status === 200).length;
		const began = Math.min(...runs.map(({ startedAt }) => Date.parse(startedAt)));
		const ended = Math.max(...runs.map(({ stoppedAt }) => Date.parse(stoppedAt)));
		return {
			seconds: (ended - began) / 1000,
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

/** @typedef {Awaited<ReturnType<typeof updateInQueue>>} Updated */

module.exports = { NODES, updateInQueue };
