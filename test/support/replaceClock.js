'use strict';

const CLOCK = require.resolve('../../nodes/Clerk/engine/rateLimit/clock');

/**
 * Replaces the engine's clock in a test file.
 *
 * @param {import('../../nodes/Clerk/engine/rateLimit/clock').Clock} realClock
 * @param {string} importer the support file that the test imports
 */
function replaceClock(realClock, importer) {
	// A mock reaches only the modules that are loaded after it.
	if (require.cache[CLOCK])
		throw new Error(`Import test/support/${importer} before everything else`);
	jest.mock(CLOCK, () => ({ ...jest.requireActual(CLOCK), realClock }));
}

module.exports = { replaceClock };
