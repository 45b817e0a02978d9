'use strict';

const { createFastClock } = require('./clock');
const { replaceClock } = require('./replaceClock');

/** In a test file that imports this first, the engine waits a twentieth of its time. A rate limit of the simulated Clerk must be as short. */
replaceClock(createFastClock(20), 'fastClock');
