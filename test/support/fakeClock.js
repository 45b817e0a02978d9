'use strict';

const { createClock } = require('./clock');
const { replaceClock } = require('./replaceClock');

/**
 * The clock of the engine in a test file that imports this first: it jumps to the next timer by
 * itself, so that rate limits and waits hold and take no time. Rate limits are shared by the tests
 * of a file: a test that starts an hour later starts with all of them free.
 */
const fakeClock = createClock({ automatic: true });

replaceClock(fakeClock, 'fakeClock');

module.exports = { fakeClock };
