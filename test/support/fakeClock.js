'use strict';

const { createClock } = require('./clock');

const CLOCK = require.resolve('../../nodes/Clerk/engine/rateLimit/clock');

// A mock reaches only the modules that are loaded after it.
if (require.cache[CLOCK]) throw new Error('Import test/support/fakeClock before everything else');

/**
 * The clock of the engine in a test file that imports this first: it jumps to the next timer by
 * itself, so that rate limits and waits hold and take no time. Rate limits are shared by the tests
 * of a file: a test that starts an hour later starts with all of them free.
 */
const fakeClock = createClock({ automatic: true });

jest.mock(CLOCK, () => ({ ...jest.requireActual(CLOCK), realClock: fakeClock }));

module.exports = { fakeClock };
