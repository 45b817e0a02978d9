'use strict';

const { scenarioNames } = require('../../bench/run');

/** The benches that are tested: those of every day, and all in a weekly workflow. */
const TESTED = scenarioNames(process.env.CLERK_BENCHES === 'all' ? undefined : 'scenarios');

module.exports = { TESTED };
