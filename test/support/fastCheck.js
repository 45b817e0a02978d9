'use strict';

const { dirname, join } = require('node:path');

/**
 * fast-check with one seed for every run, so that a change is judged by the same values twice.
 * `FAST_CHECK_SEED` takes another: weekly, CI tries new ones.
 */

const folder = dirname(require.resolve('fast-check/package.json'));
const fc = require(join(folder, 'lib', 'cjs', 'fast-check.js'));

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 42) });

module.exports = fc;
