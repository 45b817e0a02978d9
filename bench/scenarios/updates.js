'use strict';

const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { openN8n } = require('../lib/n8n');
const { clerkRename, httpRename } = require('../lib/nodes');
const { count, grouped, seconds } = require('../lib/report');
const { inTurns, medians, totals } = require('../lib/statistics');
const { startWorker } = require('../lib/workers');

const SCRIPTS = join(__dirname, '..', 'lib', 'scripts.js');
const LATENCY_MS = 100;
const WINDOW_S = 10;
const WANTED = 'Changed';

/**
 * @typedef {object} Job
 * @property {number} updates
 * @property {'live' | 'test'} key
 * @property {number} maxRequests what Clerk grants the key in a window
 * @property {number} rounds of this node; if alone, with a limit and without one in turns
 * @property {number} neighbour requests a second that another process sends with the same key
 * @property {number} leadS for how long it has done so before
 *
 * @typedef {(clerk: import('../lib/n8n').OpenClerk, job: Job) => Promise<number>} Way to update users;
 *   gives seconds
 * @typedef {import('../lib/workers').Farm<typeof import('../lib/scripts')>} Scripts
 */

const LIVE = { key: /** @type {const} */ ('live'), maxRequests: 1000 };
const TEST = { key: /** @type {const} */ ('test'), maxRequests: 100 };
const ALONE = { neighbour: 0, leadS: 0 };

/** @type {Record<'small' | 'whole', Job[]>} */
const JOBS = {
	small: [
		{ ...TEST, ...ALONE, updates: 110, rounds: 1 },
		{ ...TEST, updates: 60, rounds: 1, neighbour: 5, leadS: 1 },
	],
	whole: [
		{ ...LIVE, ...ALONE, updates: 2000, rounds: 3 },
		{ ...TEST, ...ALONE, updates: 200, rounds: 3 },
		{ ...LIVE, updates: 2000, rounds: 1, neighbour: 50, leadS: WINDOW_S },
	],
};

/** What Clerk grants in the mean, and others leave, a second. @param {Job} job */
const rateLeft = ({ maxRequests, neighbour }) => maxRequests / WINDOW_S - neighbour;

/** @param {import('../lib/n8n').N8n} n8n @param {Scripts} sdk @returns {Record<string, Way>} this node first */
function waysOf(n8n, sdk) {
	/** @type {(node: (url: string, job: Job) => import('../lib/n8n').Subject) => Way} */
	const inN8n = (node) => async (clerk, job) => {
		const input = clerk.ids.map((id) => ({ id }));
		return (await n8n.run(node(clerk.url, job), input, clerk)).seconds;
	};
	/** @type {(atOnce: number) => Way} */
	const inScript = (atOnce) => async (clerk) => await sdk.updateUsers(clerk, WANTED, atOnce);
	return {
		Clerk: inN8n(() => clerkRename(WANTED)),
		'HTTP Request': inN8n((url) => httpRename(url, WANTED)),
		// As many in half a second as are left: larger batches lose some.
		'HTTP Request, tuned': inN8n((url, job) =>
			httpRename(url, WANTED, { batchSize: rateLeft(job) / 2, batchInterval: 500 }),
		),
		'SDK, 50 at once': inScript(50),
		'SDK, 10 at once': inScript(10),
	};
}

/** Updates within a limit that is met, alone and beside others; what is lost is read from Clerk's state. */
module.exports = {
	title: 'Updates of users, at the limit',

	sizes: JOBS,

	/** @param {Job[]} jobs @returns {Promise<import('../run').Findings>} */
	async run(jobs) {
		const [sdk, neighbour] = [0, 1].map(() => /** @type {Scripts} */ (startWorker(SCRIPTS)));
		const n8n = await openN8n();
		const ways = waysOf(n8n, sdk);
		const measure = measurer(n8n, neighbour);
		// Code is compiled and connections are opened once.
		for (const way of Object.values(ways)) await measure(way, { ...jobs[0], updates: 20 });
		const figures = [];
		for (const job of jobs) figures.push(...(await figuresOf(job, ways, measure)));
		return {
			subjects: Object.keys(ways),
			conditions: [
				...n8n.conditions,
				`alone: the median of ${jobs[0].rounds} runs of Clerk, and all that they lost; one run of each other`,
				`${LATENCY_MS} ms latency, 100 % of the limit for the credential`,
				'the SDK is @clerk/backend in a script',
				`HTTP Request: as it comes, and in batches of half a second's share of the limit every 500 ms`,
				`the other process began ${jobs.at(-1)?.leadS} s before`,
			],
			figures,
		};
	},
};

/** @param {import('../lib/n8n').N8n} n8n @param {Scripts} neighbour the other process */
function measurer(n8n, neighbour) {
	/** @param {Way} way @param {Job} job @param {false} [rateLimit] Clerk's own, if left out */
	return async (way, job, rateLimit) => {
		const { updates, key, neighbour: perSecond, leadS } = job;
		const clerk = await n8n.openClerk({ users: updates, latencyMs: LATENCY_MS, key, rateLimit });
		if (perSecond) await neighbour.startRequests(clerk, perSecond);
		await sleep(leadS * 1000);
		const taken = await way(clerk, job);
		if (perSecond) await neighbour.stopRequests();
		const refused = (await n8n.clerk.requests()).filter(({ status }) => status === 429);
		const rejected = refused.filter(({ method }) => method === 'PATCH').length;
		const lost = await n8n.clerk.countLost(WANTED);
		// `rejected`: of the updates; `pushedAside`: of the other process's requests.
		return { seconds: taken, rejected, pushedAside: refused.length - rejected, lost };
	};
}

/** @param {Job} job @param {Record<string, Way>} ways @param {ReturnType<typeof measurer>} measure @returns {Promise<import('../run').Figure[]>} */
async function figuresOf(job, ways, measure) {
	const { updates, maxRequests, neighbour, rounds } = job;
	const [own, ...others] = Object.values(ways);
	const withLimit = () => measure(own, job);
	const withoutLimit = () => measure(own, { ...job, updates: maxRequests }, false);
	const works = neighbour ? [withLimit] : [withLimit, withoutLimit];
	const [limited, unlimited] = await inTurns(rounds, works);
	const outcomes = [limited];
	for (const way of others) outcomes.push([await measure(way, job)]);

	const taken = medians(outcomes, 'seconds');
	// Of all runs: nothing that was lost in any of them is left out.
	const lost = count('… lost', totals(outcomes, 'lost'), 0);
	const rejected = totals(outcomes, 'rejected');
	if (neighbour) {
		const name = `${grouped(updates)} updates beside another process at ${neighbour} a second`;
		return [
			seconds(name, taken, (1.2 * updates) / rateLeft(job)),
			lost,
			count('… rejected with 429', rejected),
			count("… of the other's requests rejected", totals(outcomes, 'pushedAside')),
		];
	}
	const window = medians([unlimited], 'seconds');
	const name = `${grouped(updates)} updates at ${grouped(maxRequests)} in ${WINDOW_S} s`;
	return [
		// What a window grants goes at once, and the rest when it is over.
		seconds(name, taken, 1.05 * (WINDOW_S + window[0])),
		lost,
		count('… rejected with 429', rejected, 0),
		seconds(`${grouped(maxRequests)} updates without a limit`, window),
	];
}
