'use strict';

const { randomUUID } = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');
const { startClerk } = require('../../sandbox/clerk');
const { startQueue } = require('../../sandbox/n8n/queue');
const { triggers } = require('../../sandbox/n8n/testing/triggers');
const { chain, prepared, saveCredential } = require('../lib/n8n');
const { clerkRename, httpRename } = require('../lib/nodes');
const { count, highest, medians, seconds, takingTurns } = require('../lib/statistics');

const SIZES = {
	small: { users: 40, latencyMs: 0, rounds: 1 },
	whole: { users: 2_000, latencyMs: 100, rounds: 3 },
};
const WORKERS = 2;
const EXECUTIONS = 8;
const TIMEOUT_MS = 300_000;
const NAME = 'Renamed';

/** @typedef {(url: string) => import('../lib/n8n').Subject} Rename the node that renames users, given Clerk's address */

/** The executions live on one limit, so each of them is tuned to its part of it. */
const BATCH = { batchSize: Math.floor(50 / EXECUTIONS), batchInterval: 500 };

/** Two workers that know nothing of each other live on the limit of one key. @type {Array<{ name: string, share: number, rename?: Rename }>} */
const SUBJECTS = [
	{ name: 'Clerk, share 50 %', share: 50 },
	{ name: 'Clerk, share 100 %', share: 100 },
	{ name: 'HTTP Request', share: 100, rename: (url) => httpRename(url, NAME) },
	{ name: 'HTTP Request, tuned', share: 100, rename: (url) => httpRename(url, NAME, BATCH) },
];

module.exports = {
	title: 'Many updates in queue mode',

	sizes: SIZES,

	/** @param {typeof SIZES.whole} size */
	run: async (size) =>
		await module.exports.runIn(await startQueue({ ...(await prepared()), workers: WORKERS }), size),

	/**
	 * @param {import('../../sandbox/n8n/queue').Queue} queue
	 * @param {typeof SIZES.whole} [size] the small one, if left out
	 * @returns {Promise<import('../run').Findings>}
	 */
	async runIn(queue, { rounds, ...size } = SIZES.small) {
		const results = await takingTurns(
			rounds,
			SUBJECTS.map(({ share, rename }) => async () => {
				const options = { ...size, share, rename, executions: EXECUTIONS };
				return await updateInQueue(queue, { ...options, key: 'live' });
			}),
		);
		return {
			subjects: SUBJECTS.map(({ name }) => name),
			conditions: [
				`n8n ${queue.version}, a main process, ${WORKERS} workers and a webhook process`,
				`${size.users} users, ${EXECUTIONS} executions at once, ${size.latencyMs} ms latency, 1,000 requests in 10 s`,
				'HTTP Request, tuned: each execution in batches that add up to half a second’s share of the limit, every 500 ms',
				`${rounds} runs: the median of the times, the worst of the counts`,
			],
			figures: [
				seconds('Time', medians(results, 'seconds')),
				count('Rejected with 429', highest(results, 'rejected')),
				count('Lost', highest(results, 'lost'), 0),
				count('Carried out twice', highest(results, 'twice'), 0),
			],
		};
	},

	updateInQueue,
};

/**
 * Updates many users, split over executions that run at once in the workers of an n8n in queue mode.
 *
 * @param {import('../../sandbox/n8n/queue').Queue} queue
 * @param {object} options
 * @param {Rename} [options.rename] this node, if left out
 * @param {number} options.users
 * @param {number} options.executions
 * @param {number} options.share of the limit, in percent, as in the credential of each worker
 * @param {'live' | 'test'} options.key with 1,000 or with 100 requests in 10 s
 * @param {number} [options.latencyMs]
 */
async function updateInQueue({ api, webhookUrl, workers }, options) {
	const { rename = () => clerkRename(NAME), users, executions, share, key } = options;
	const clerk = await startClerk({ seed: { users }, latencyMs: options.latencyMs });
	try {
		const secretKey = key === 'live' ? clerk.liveSecretKey : clerk.secretKey;
		const saved = await saveCredential(api, { url: clerk.url, secretKey }, share);
		const path = randomUUID();
		const workflow = await api.createWorkflow(
			chain([
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
					typeVersion: 1,
					parameters: { fieldToSplitOut: 'body.users', options: { destinationFieldName: 'id' } },
				},
				{ ...rename(clerk.url), ...saved, name: 'Update' },
			]),
		);
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

/**
 * @param {import('../../sandbox/n8n/api').Api} api
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
