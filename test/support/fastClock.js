'use strict';

const { createFastClock } = require('./clock');

const CLOCK = require.resolve('../../nodes/Clerk/engine/rateLimit/clock');

// A mock reaches only the modules that are loaded after it.
if (require.cache[CLOCK]) throw new Error('Import test/support/fastClock before everything else');

/** In a test file that imports this first, the engine waits a twentieth of its time. A rate limit of the simulated Clerk must be as short. */
jest.mock(CLOCK, () => ({ ...jest.requireActual(CLOCK), realClock: createFastClock(20) }));
