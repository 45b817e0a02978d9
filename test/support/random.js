'use strict';

/**
 * Returns a function like `Math.random`, whose numbers depend on the seed alone (mulberry32).
 *
 * @param {number} seed
 */
function seeded(seed) {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** How often the tests of lists that change are run: twice, or as often as the variable says. */
const churnRuns = () => Number(process.env.CLERK_CHURN_RUNS ?? 2);

module.exports = { churnRuns, seeded };
