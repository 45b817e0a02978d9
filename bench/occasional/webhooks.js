'use strict';

const {
	bytes,
	count,
	grouped,
	highest,
	inTurns,
	medians,
	ms,
	seconds,
	totals,
} = require('../lib/statistics');
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

/** @typedef {import('./lib/deliveries').Delivered} Delivered */

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

/** @param {number} events at once */
async function engineFigures(events) {
	/** @type {import('../run').Figure[]} */
	const figures = [];
	for (const [name, { env, moreAtMost }] of Object.entries(ENGINES)) {
		const n8n = await openReceivers(env);
		const values = [];
		for (const receiver of [n8n.clerk, n8n.webhook]) {
			await burst(n8n, receiver, 5);
			values.push((await burst(n8n, receiver, events)).cpuMs);
		}
		const title = `CPU of n8n for each of ${events} at once, ${name}`;
		figures.push(ms(title, values, values[1] * moreAtMost));
		await n8n.close();
	}
	return figures;
}

/** What reaches the trigger, beside n8n's own Webhook node, which verifies nothing. */
module.exports = {
	title: 'Deliveries, hostile and genuine',

	sizes: SIZES,

	/** @param {typeof SIZES.whole} size @returns {Promise<import('../run').Findings>} */
	async run(size) {
		const n8n = await openReceivers();
		const receivers = [n8n.clerk, n8n.webhook];
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
		const responses = steady.map((runs) => runs.flat());
		const figures = [
			...attackFigures(attacked, size.hostile),
			...steadyFigures(responses, pace.perSecond),
			...burstFigures(bursts, size.burst),
		];
		await n8n.close();
		figures.push(...(await engineFigures(size.engine)));
		return {
			subjects: ['Clerk', 'Webhook node'],
			conditions: [
				`n8n ${n8n.version} on SQLite, every execution saved, expression engine legacy where nothing else is said`,
				'workflows of nothing but their trigger',
				'the Webhook node responds immediately, and verifies nothing',
				'one process of n8n from first to last, which a crash would have ended',
				'RSS after a garbage collection',
				`the bursts: ${size.bursts} of each, in turns; of responses the slowest of all, of the rest the median`,
			],
			figures,
		};
	},
};

/** @param {Awaited<ReturnType<typeof attack>>} attacked @param {number} half */
const attackFigures = ({ passed, executions, rss: [first, second] }, half) => [
	count(`${grouped(2 * half)} hostile requests: not refused`, [passed], 0),
	count('… executions', [executions], 0),
	bytes(`… RSS after ${grouped(half)}`, [first]),
	bytes(`… RSS after ${grouped(half)} more`, [second], first * GROWTH_AT_MOST),
];

/** @param {Delivered[][]} responses @param {number} perSecond */
const steadyFigures = (responses, perSecond) => [
	ms(`${perSecond} a second: median response`, medians(responses, 'ms'), MEDIAN_WITHIN_MS),
	ms('… slowest response', highest(responses, 'ms')),
	count('… responses other than 200', totals(responses, 'refused'), 0),
];

/** @param {Awaited<ReturnType<typeof burst>>[][]} bursts @param {number} events at once */
const burstFigures = (bursts, events) => [
	seconds(
		`${grouped(events)} at once: slowest response`,
		highest(bursts, 'slowestS'),
		RESPONSE_WITHIN_S,
	),
	ms('… CPU of n8n for each', medians(bursts, 'cpuMs')),
	count('… responses other than 200', totals(bursts, 'refused'), 0),
	count('… lost', totals(bursts, 'lost'), 0),
];
