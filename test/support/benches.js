'use strict';

const { SCENARIOS } = require('../../bench/run');

/** The benches that are tested: those of every day, and all in a weekly workflow. */
const TESTED =
	process.env.CLERK_BENCHES === 'all' ? Object.values(SCENARIOS).flat() : SCENARIOS.scenarios;

module.exports = { TESTED };
