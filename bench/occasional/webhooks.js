'use strict';

const { grouped, inTurns, median } = require('../lib/statistics');
const { attack, burst, openReceivers, steadily } = require('./lib/deliveries');

/** Both in turns: `seconds` at a time, until each has had its share. */
const SIZES = {
	small: {
		hostile: 90,
		steady: { slices: 1, seconds: 1, perSecond: 20 },
		burst: 20,
		bursts: 1,
		engine: 5,
	},
	whole: {
		hostile: 10_000,
		steady: { slices: 6, seconds: 10, perSecond: 20 },
		burst: 1_000,
		bursts: 3,
		engine: 100,
	},
};

/** Svix waits no longer for a response, and delivers again. */
const RESPONSE_WITHIN_S = 15;
const MEDIAN_WITHIN_MS = 50;
const GROWTH_AT_MOST = 1.1;

/**
 * @typedef {import('./lib/deliveries').Response} Response
 * @typedef {import('./lib/deliveries').Burst} Burst
 */

/** @param {Response[]} responses */
const notAccepted = (responses) => responses.filter(({ status }) => status !== 200).length;

/** @param {Response[]} responses */
const slowest = (responses) => Math.max(...responses.map(({ ms }) => ms));

/** The sandbox has the older one. This is n8n's own, as it is and with what the documentation advises. */
const ENGINES = {
	'expression engine vm, n8n’s default': {
		env: { N8N_EXPRESSION_ENGINE: 'vm' },
		moreAtMost: 2.1,
	},
	'… with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE': {
		env: { N8N_EXPRESSION_ENGINE: 'vm', N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
		moreAtMost: 1.2,
	},
};

/** @param {number} count at once @returns {Promise<import('../run').Figure[]>} */
async function engineFigures(count) {
	/** @type {import('../run').Figure[]} */
	const figures = [];
	for (const [name, { env, moreAtMost }] of Object.entries(ENGINES)) {
		const n8n = await openReceivers(env);
		try {
			const values = [];
			for (const receiver of [n8n.clerk, n8n.webhook]) {
				await burst(n8n, receiver, 5);
				values.push((await burst(n8n, receiver, count)).cpuMs);
			}
			figures.push({
				name: `CPU of n8n for each of ${count} at once, ${name}`,
				unit: 'ms',
				values,
				limit: values[1] * moreAtMost,
			});
		} finally {
			await n8n.close();
		}
	}
	return figures;
}

/** What reaches the trigger, beside n8n's own Webhook node, which verifies nothing. */
module.exports = {
	title: 'Deliveries, hostile and genuine',

	/** @param {{ small: boolean }} options @returns {Promise<import('../run').Findings>} */
	async run({ small }) {
		const size = SIZES[small ? 'small' : 'whole'];
		const n8n = await openReceivers();
		const receivers = [n8n.clerk, n8n.webhook];
		/** @type {import('../run').Figure[]} */
		const figures = [];
		try {
			const attacked = await attack(n8n, size.hostile);
			// What n8n loads with its first executions, and compiles again after a garbage collection, is
			// no matter of theirs.
			for (const receiver of receivers) await burst(n8n, receiver, 20);

			const { slices, ...pace } = size.steady;
			const steady = await inTurns(
				slices,
				receivers.map((receiver) => () => steadily(receiver, pace)),
			);
			const bursts = await inTurns(
				size.bursts,
				receivers.map((receiver) => () => burst(n8n, receiver, size.burst)),
			);
			figures.push(
				...attackFigures(attacked, size.hostile),
				...steadyFigures(
					steady.map((runs) => runs.flat()),
					size.steady.perSecond,
				),
				...burstFigures(bursts, size.burst),
			);
		} finally {
			await n8n.close();
		}
		figures.push(...(await engineFigures(size.engine)));
		return {
			subjects: ['Clerk', 'Webhook node'],
			conditions: [
				`n8n ${n8n.version} on SQLite, every execution saved, expression engine legacy where nothing else is said`,
				'workflows of nothing but their trigger',
				'the Webhook node responds immediately, and verifies nothing',
				'one process of n8n from first to last, which a crash would have ended',
				'RSS after a garbage collection',
				`the bursts: ${size.bursts} of each, in turns; of answers the slowest of all, of the rest the median`,
			],
			figures,
		};
	},
};

/**
 * @param {Awaited<ReturnType<typeof attack>>} attacked
 * @param {number} half
 * @returns {import('../run').Figure[]}
 */
function attackFigures({ passed, executions, rss: [first, second] }, half) {
	const [all, count] = [2 * half, half].map(grouped);
	return [
		{ name: `${all} hostile requests: not refused`, unit: '', values: [passed, null], limit: 0 },
		{ name: '… executions', unit: '', values: [executions, null], limit: 0 },
		{ name: `… RSS after ${count}`, unit: 'bytes', values: [first, null] },
		{
			name: `… RSS after ${count} more`,
			unit: 'bytes',
			values: [second, null],
			limit: first * GROWTH_AT_MOST,
		},
	];
}

/** @param {Response[][]} steady @param {number} perSecond @returns {import('../run').Figure[]} */
const steadyFigures = (steady, perSecond) => [
	{
		name: `${perSecond} a second: median answer`,
		unit: 'ms',
		values: steady.map((responses) => median(responses.map(({ ms }) => ms))),
		limit: MEDIAN_WITHIN_MS,
	},
	{ name: '… slowest answer', unit: 'ms', values: steady.map(slowest) },
	{ name: '… not answered with 200', unit: '', values: steady.map(notAccepted), limit: 0 },
];

/**
 * @param {Array<Burst[]>} bursts
 * @param {number} count
 * @returns {import('../run').Figure[]}
 */
function burstFigures(bursts, count) {
	/** @param {(run: Burst) => number} read */
	const medians = (read) => bursts.map((runs) => median(runs.map(read)));
	/** @param {(run: Burst) => number} read */
	const sums = (read) => bursts.map((runs) => runs.reduce((total, run) => total + read(run), 0));
	return [
		{
			name: `${grouped(count)} at once: slowest answer`,
			unit: 's',
			values: bursts.map(
				(runs) => Math.max(...runs.map(({ responses }) => slowest(responses))) / 1000,
			),
			limit: RESPONSE_WITHIN_S,
		},
		{ name: '… CPU of n8n for each', unit: 'ms', values: medians(({ cpuMs }) => cpuMs) },
		{
			name: '… not answered with 200',
			unit: '',
			values: sums(({ responses }) => notAccepted(responses)),
			limit: 0,
		},
		{ name: '… lost', unit: '', values: sums(({ lost }) => lost), limit: 0 },
	];
}
