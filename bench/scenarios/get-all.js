'use strict';

const { takingTurns } = require('../lib/children');
const { PAGE, openListing } = require('../lib/listing');
const { median } = require('../lib/statistics');

const SIZE = { small: { users: 1_200, rounds: 1 }, whole: { users: 100_000, rounds: 3 } };
const LATENCY_MS = 20;

/** Of what a serial loop takes. */
const SLOWER_AT_MOST = 1.1;

/** Whether Return All keeps up with a loop that does nothing else, and asks for no more than it needs. */
module.exports = {
	title: 'All users of a large application',

	/** @param {{ small: boolean }} options @returns {Promise<import('../run').Findings>} */
	async run({ small }) {
		const { users, rounds } = small ? SIZE.small : SIZE.whole;
		const listing = await openListing({ users, latencyMs: LATENCY_MS });
		try {
			const [simplified, ...raw] = await takingTurns(rounds, [
				() => listing.clerkNode('simplified'),
				() => listing.clerkNode('raw'),
				() => listing.script('cursor'),
				() => listing.script('sdk'),
				() => listing.httpNode(),
			]);
			return {
				subjects: ['Clerk', 'Serial cursor loop', '@clerk/backend', 'HTTP Request'],
				conditions: [
					...listing.conditions,
					`medians of ${rounds} runs each, after one that does not count`,
					'nodes by their execution time in n8n, scripts without the start of their process',
					'HTTP Request pages by cursor, @clerk/backend by offset',
				],
				figures: figuresOf(users, raw, simplified),
			};
		} finally {
			await listing.close();
		}
	},
};

/** @typedef {import('../lib/listing').Read} Read */

/**
 * @param {number} users
 * @param {Read[][]} raw the runs of each subject
 * @param {Read[]} simplified those of the node
 * @returns {import('../run').Figure[]}
 */
function figuresOf(users, raw, simplified) {
	const seconds = (/** @type {Read[]} */ runs) => median(runs.map((run) => run.seconds));
	const requests = (/** @type {Read[]} */ runs) => Math.max(...runs.map((run) => run.requests));
	const distinct = (/** @type {Read[]} */ runs) => Math.min(...runs.map((run) => run.distinct));
	const own = (/** @type {number} */ value) => [value, ...raw.slice(1).map(() => null)];
	const loop = seconds(raw[1]);
	const atMost = { seconds: loop * SLOWER_AT_MOST, requests: Math.ceil(users / PAGE) + 1 };
	return [
		{ name: 'Time, raw output', unit: 's', values: raw.map(seconds), limit: atMost.seconds },
		{
			name: 'Time, simplified output',
			unit: 's',
			values: own(seconds(simplified)),
			limit: atMost.seconds,
		},
		{ name: 'Requests', unit: '', values: raw.map(requests), limit: atMost.requests },
		{
			name: 'Users missing',
			unit: '',
			values: raw.map((runs) => users - distinct(runs)),
			limit: 0,
		},
		{
			name: 'Users missing, simplified output',
			unit: '',
			values: own(users - distinct(simplified)),
			limit: 0,
		},
	];
}
