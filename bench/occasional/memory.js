'use strict';

const { openListing } = require('../lib/listing');
const { clerkList } = require('../lib/nodes');
const { bytes, highest, takingTurns } = require('../lib/statistics');

const SIZES = { small: { users: 1_200, rounds: 1 }, whole: { users: 100_000, rounds: 3 } };
const LATENCY_MS = 20;

/** Of what the same items take in memory. */
const MORE_AT_MOST = 1.5;

/** What Return All adds to n8n's memory, beside the items themselves, which every way has. */
module.exports = {
	title: 'The memory that all users of a large application take',

	sizes: SIZES,

	/** @param {typeof SIZES.whole} size @returns {Promise<import('../run').Findings>} */
	async run({ users, rounds }) {
		const listing = await openListing({ users, latencyMs: LATENCY_MS });
		const [raw, rawLoop, http, simplified, simplifiedLoop] = await takingTurns(rounds, [
			() => listing.node(clerkList()),
			() => listing.script({ by: 'cursor', items: 'raw' }),
			() => listing.node(),
			() => listing.node(clerkList({ output: 'simplified' })),
			() => listing.script({ by: 'cursor', items: 'simplified' }),
		]);
		return {
			subjects: ['Clerk', 'Plain loop', 'HTTP Request'],
			conditions: [
				...listing.conditions,
				`the highest of ${rounds} runs each, after one that does not count`,
				'all over what the process had before, without garbage',
				'peak: V8 heap with its garbage, looked at every 20 ms while the workflow or the loop ran',
				'items: after a garbage collection at the end, all of them in memory',
				'the loop keeps the same items in an array, { json, pairedItem }; the limit is 1.5 × what they take there',
			],
			figures: [
				...figuresOf('raw output', [raw, rawLoop, http]),
				...figuresOf('simplified output', [simplified, simplifiedLoop]),
			],
		};
	},
};

/** @param {string} output @param {import('../lib/listing').Read[][]} all */
function figuresOf(output, all) {
	const held = highest(all, 'held');
	return [
		bytes(`Peak, ${output}`, highest(all, 'peak'), held[1] * MORE_AT_MOST),
		bytes(`Items, ${output}`, held),
	];
}
