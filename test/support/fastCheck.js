'use strict';

const fc = require('fast-check');

/**
 * fast-check with one seed for every run, so that a change is judged by the same values twice.
 * `FAST_CHECK_SEED` takes another: weekly, CI tries new ones.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 42) });
