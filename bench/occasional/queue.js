'use strict';

const { startQueue } = require('../../sandbox/n8n/queue');
const { prepared } = require('../lib/host');
const { median, takingTurns } = require('../lib/statistics');
const { NODES, updateInQueue } = require('./lib/queueUpdates');

const SIZES = {
	small: { users: 40, latencyMs: 0, rounds: 1 },
	whole: { users: 2_000, latencyMs: 100, rounds: 3 },
};
const WORKERS = 2;
const EXECUTIONS = 8;

/** Two workers that know nothing of each other live on the limit of one key. */
const SUBJECTS = [
	{ name: 'Clerk, share 50 %', share: 50 },
	{ name: 'Clerk, share 100 %', share: 100 },
	{ name: 'HTTP Request', share: 100, subject: NODES.http },
	{ name: 'HTTP Request, tuned', share: 100, subject: NODES.tuned(EXECUTIONS) },
];

module.exports = {
	title: 'Many updates in queue mode',

	/** @param {{ small: boolean }} options @returns {Promise<import('../run').Findings>} */
	async run({ small }) {
		const queue = await startQueue({ ...(await prepared()), workers: WORKERS });
		try {
			return await module.exports.runIn(queue, { small });
		} finally {
			await queue.close();
		}
	},

	/**
	 * @param {import('../../sandbox/n8n/queue').Queue} queue
	 * @param {{ small: boolean }} options
	 * @returns {Promise<import('../run').Findings>}
	 */
	async runIn(queue, { small }) {
		const { rounds, users, latencyMs } = small ? SIZES.small : SIZES.whole;
		const results = await takingTurns(
			rounds,
			SUBJECTS.map(({ share, subject }) => async () => {
				const options = { users, latencyMs, share, subject, executions: EXECUTIONS };
				return await updateInQueue(queue, { ...options, key: 'live' });
			}),
		);
		const seconds = results.map((runs) => median(runs.map((updated) => updated.seconds)));
		const worst = (/** @type {'rejected' | 'lost' | 'twice'} */ count) =>
			results.map((runs) => Math.max(...runs.map((updated) => updated[count])));
		return {
			subjects: SUBJECTS.map(({ name }) => name),
			conditions: [
				`n8n ${queue.version}, a main process, ${WORKERS} workers and a webhook process`,
				`${users} users, ${EXECUTIONS} executions at once, ${latencyMs} ms latency, 1,000 requests in 10 s`,
				'HTTP Request, tuned: each execution in batches that add up to half a second’s share of the limit, every 500 ms',
				`${rounds} runs: the median of the times, the worst of the counts`,
			],
			figures: [
				{ name: 'Time', unit: 's', values: seconds },
				{ name: 'Rejected with 429', unit: '', values: worst('rejected') },
				{ name: 'Lost', unit: '', values: worst('lost'), limit: 0 },
				{ name: 'Carried out twice', unit: '', values: worst('twice'), limit: 0 },
			],
		};
	},
};
