'use strict';

const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { openRealN8n } = require('../lib/realN8n');
const { clerkNode, httpNode, onError } = require('../lib/renaming');
const { grouped, median } = require('../lib/statistics');
const { startWorker } = require('../lib/workers');

const LATENCY_MS = 100;
const WINDOW_S = 10;
const WANTED = 'Changed';

/**
 * @typedef {object} Job
 * @property {number} updates
 * @property {'live' | 'test'} key
 * @property {number} maxRequests what Clerk grants the key in a window
 * @property {number} [rounds] of this node, with a limit and without one in turns
 * @property {number} [neighbour] requests a second that another process sends with the same key
 * @property {number} [leadS] for how long it has done so before
 *
 * @typedef {{ url: string, origin: string, secretKey: string, credential: any }} OpenClerk
 * @typedef {(clerk: OpenClerk, ids: string[], job: Job) => Promise<number>} Way to update users; gives seconds
 *
 * @typedef {object} Outcome
 * @property {number} seconds
 * @property {number} rejected 429s that the updates were answered
 * @property {number} pushedAside 429s that the other process was answered
 * @property {number} lost users who are not as wanted at the end
 */

/** @typedef {import('../lib/workers').Farm<typeof import('../lib/scripts')>} Scripts */

const startScripts = () =>
	/** @type {Scripts} */ (
		startWorker(join(__dirname, '..', 'lib', 'scripts.js'), [
			'updateUsers',
			'startRequests',
			'stopRequests',
		])
	);

/** @type {Record<'small' | 'whole', { alone: Job[], shared: Job }>} */
const JOBS = {
	small: {
		alone: [{ updates: 110, key: 'test', maxRequests: 100 }],
		shared: { updates: 60, key: 'test', maxRequests: 100, neighbour: 5, leadS: 1 },
	},
	whole: {
		alone: [
			{ updates: 2000, key: 'live', maxRequests: 1000, rounds: 3 },
			{ updates: 200, key: 'test', maxRequests: 100, rounds: 3 },
		],
		shared: { updates: 2000, key: 'live', maxRequests: 1000, neighbour: 50, leadS: WINDOW_S },
	},
};

/** What Clerk grants in the mean, and others leave, a second. @param {Job} job */
const rateLeft = ({ maxRequests, neighbour = 0 }) => maxRequests / WINDOW_S - neighbour;

/** As many in half a second as that: larger batches lose some. @param {Job} job */
const tuned = (job) => ({ batchSize: rateLeft(job) / 2, batchInterval: 500 });

/**
 * @param {import('../lib/realN8n').RealN8n} n8n
 * @param {Scripts} sdk
 * @returns {Record<string, Way>} this node first
 */
function waysOf(n8n, sdk) {
	const inN8n = (/** @type {(url: string, job: Job) => any} */ node) =>
		/** @type {Way} */ (
			async ({ url, credential }, ids, job) => {
				const input = ids.map((id) => ({ id }));
				return (await n8n.run({ ...node(url, job), onError }, input, credential)).seconds;
			}
		);
	const inScript = (/** @type {number} */ atOnce) =>
		/** @type {Way} */ (
			async ({ origin, secretKey }, ids) => {
				const changes = { firstName: WANTED };
				return await sdk.updateUsers({ origin, secretKey, ids, changes, atOnce });
			}
		);
	return {
		Clerk: inN8n(() => clerkNode(WANTED)),
		'HTTP Request': inN8n((url) => httpNode(url, WANTED)),
		'HTTP Request, tuned': inN8n((url, job) => httpNode(url, WANTED, tuned(job))),
		'SDK, 50 at once': inScript(50),
		'SDK, 10 at once': inScript(10),
	};
}

/** Updates within a limit that is met, alone and beside others; what is lost is read from Clerk's state. */
module.exports = {
	title: 'Updates of users, at the limit',

	/** @param {{ small: boolean }} options @returns {Promise<import('../run').Findings>} */
	async run({ small }) {
		const { alone, shared } = JOBS[small ? 'small' : 'whole'];
		const [sdk, neighbour] = [startScripts(), startScripts()];
		/** @type {import('../lib/realN8n').RealN8n | undefined} */
		let n8n;
		try {
			n8n = await openRealN8n();
			const ways = waysOf(n8n, sdk);
			const measure = measurer(n8n, neighbour);
			await warmUp(Object.values(ways), measure);
			const figures = [];
			for (const job of alone) figures.push(...(await figuresAlone(job, ways, measure)));
			figures.push(...(await figuresShared(shared, ways, measure)));
			return { subjects: Object.keys(ways), conditions: conditionsOf(n8n, alone, shared), figures };
		} finally {
			await Promise.all([n8n?.close(), sdk.end(), neighbour.end()]);
		}
	},
};

/** @typedef {(way: Way, job: Job, rateLimit?: false) => Promise<Outcome>} Measure */

/**
 * @param {import('../lib/realN8n').RealN8n} n8n
 * @param {Scripts} neighbour
 * @returns {Measure}
 */
function measurer(n8n, neighbour) {
	return async (way, job, rateLimit) => {
		const { updates, key, neighbour: perSecond, leadS = 0 } = job;
		const users = { users: updates, latencyMs: LATENCY_MS };
		const clerk = await n8n.openClerk({ ...users, key, rateLimit });
		const ids = (await n8n.clerk.users()).map(({ id }) => id);
		const { url, secretKey } = clerk;
		if (perSecond) await neighbour.startRequests({ url, secretKey, perSecond });
		await sleep(leadS * 1000);
		const seconds = await way(clerk, ids, job);
		if (perSecond) await neighbour.stopRequests();
		const answers = await n8n.clerk.requests();
		const refused = answers.filter(({ status }) => status === 429);
		const own = refused.filter(({ method }) => method === 'PATCH').length;
		const stored = await n8n.clerk.users();
		const lost = stored.filter(({ firstName }) => firstName !== WANTED);
		return { seconds, rejected: own, pushedAside: refused.length - own, lost: lost.length };
	};
}

/** Warms up: code is compiled and connections are opened once. @param {Way[]} ways @param {Measure} measure */
async function warmUp(ways, measure) {
	for (const way of ways) await measure(way, { updates: 20, key: 'live', maxRequests: 1000 });
}

/** @param {string} name @param {Outcome[]} outcomes one a way @param {number} limit seconds @returns {import('../run').Figure[]} */
const figuresOf = (name, outcomes, limit) => [
	{ name, unit: 's', values: outcomes.map(({ seconds }) => seconds), limit },
	{ name: '… lost', unit: '', values: outcomes.map(({ lost }) => lost), limit: 0 },
];

/** @param {Outcome[]} outcomes @param {number} [limit] @returns {import('../run').Figure} */
const rejections = (outcomes, limit) => ({
	name: '… rejected with 429',
	unit: '',
	values: outcomes.map(({ rejected }) => rejected),
	limit,
});

/** @param {Outcome[]} outcomes */
const secondsOf = (outcomes) => median(outcomes.map(({ seconds }) => seconds));

/** One for many: nothing that was lost in any of them is left out. @param {Outcome[]} outcomes @returns {Outcome} */
const inSum = (outcomes) => ({
	seconds: secondsOf(outcomes),
	rejected: outcomes.reduce((total, { rejected }) => total + rejected, 0),
	pushedAside: outcomes.reduce((total, { pushedAside }) => total + pushedAside, 0),
	lost: outcomes.reduce((total, { lost }) => total + lost, 0),
});

/** @param {Job} job @param {Record<string, Way>} ways @param {Measure} measure @returns {Promise<import('../run').Figure[]>} */
async function figuresAlone(job, ways, measure) {
	const [own, ...others] = Object.values(ways);
	const { updates, maxRequests, rounds = 1 } = job;
	const unlimited = [];
	const limited = [];
	for (let round = 0; round < rounds; round++) {
		unlimited.push(await measure(own, { ...job, updates: maxRequests }, false));
		limited.push(await measure(own, job));
	}
	const window = secondsOf(unlimited);
	const outcomes = [inSum(limited)];
	for (const way of others) outcomes.push(await measure(way, job));
	return [
		...figuresOf(
			`${grouped(updates)} updates at ${grouped(maxRequests)} in ${WINDOW_S} s`,
			outcomes,
			// What a window grants goes at once, and the rest when it is over.
			1.05 * (WINDOW_S + window),
		),
		rejections(outcomes, 0),
		{
			name: `${grouped(maxRequests)} updates without a limit`,
			unit: 's',
			values: [window, ...others.map(() => null)],
		},
	];
}

/** @param {Job} job @param {Record<string, Way>} ways @param {Measure} measure @returns {Promise<import('../run').Figure[]>} */
async function figuresShared(job, ways, measure) {
	const { updates, neighbour = 0 } = job;
	const outcomes = [];
	for (const way of Object.values(ways)) outcomes.push(await measure(way, job));
	const name = `${grouped(updates)} updates beside another process at ${neighbour} a second`;
	return [
		...figuresOf(name, outcomes, (1.2 * updates) / rateLeft(job)),
		rejections(outcomes),
		{
			name: "… of the other's requests rejected",
			unit: '',
			values: outcomes.map(({ pushedAside }) => pushedAside),
		},
	];
}

/** @param {import('../lib/realN8n').RealN8n} n8n @param {Job[]} alone @param {Job} shared */
const conditionsOf = ({ conditions }, [{ rounds = 1 }], { leadS }) => [
	...conditions,
	`alone: the median of ${rounds} runs of Clerk, and all that they lost; one run of each other`,
	`${LATENCY_MS} ms latency`,
	'100 % of the limit for the credential',
	'the SDK is @clerk/backend in a script',
	`HTTP Request: as it comes, and in batches of half a second's share of the limit every 500 ms`,
	`the other process began ${leadS} s before`,
];
