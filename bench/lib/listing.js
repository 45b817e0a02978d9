'use strict';

const { join } = require('node:path');
const { openN8n, prepared } = require('./n8n');
const { PAGE, httpList } = require('./nodes');
const { grouped } = require('./statistics');
const { runOnce } = require('./workers');

const READER = join(__dirname, 'readUsers.js');
const DIST = join(__dirname, '..', '..', 'dist');

/**
 * @typedef {object} Read what reading all users took
 * @property {number} seconds
 * @property {number} requests
 * @property {number} distinct different users that came
 * @property {number} peak bytes of the heap at most, over what it held before @property {number} held bytes at the end
 */

/**
 * A Clerk with many users, and who reads all of them: nodes in a real n8n, and scripts in processes of
 * their own, under the same Node.
 *
 * @param {{ users: number, latencyMs: number }} options
 */
async function openListing({ users, latencyMs }) {
	const { node: execPath } = (await prepared()).install;
	const n8n = await openN8n();
	const clerk = await n8n.openClerk({ users, latencyMs, rateLimit: false });

	/** @param {() => Promise<import('./usage').Usage & { distinct: number }>} work @returns {Promise<Read>} */
	async function counted(work) {
		const before = (await n8n.clerk.requests()).length;
		const { seconds, distinct, heap } = await work();
		const requests = (await n8n.clerk.requests()).length - before;
		const [peak, held] = [heap.peak - heap.before, heap.held - heap.before];
		return { seconds, distinct, requests, peak, held };
	}

	return {
		conditions: [
			...n8n.conditions,
			`${grouped(users)} users, ${latencyMs > 0 ? `${latencyMs} ms of latency, ` : ''}no rate limit, pages of ${PAGE}`,
		],

		clerk: n8n.clerk,

		/** @param {import('./n8n').Subject} [subject] HTTP Request, if left out */
		node: async (subject = httpList(clerk.url)) =>
			await counted(async () => {
				const run = await n8n.run(subject, [{}], clerk);
				if (run.status === 'success') return run;
				throw new Error(`${subject.type} ended with ${run.status}: ${run.error}`);
			}),

		/** @param {Omit<import('./readUsers').Given, 'origin' | 'secretKey' | 'dist'>} given */
		async script(given) {
			const { origin, secretKey } = clerk;
			const all = { origin, secretKey, dist: DIST, ...given };
			return await counted(async () => await runOnce(READER, all, { execPath }));
		},
	};
}

module.exports = { openListing };
