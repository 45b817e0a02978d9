'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/**
 * Waits until `look` finds something, and returns that.
 *
 * @template T
 * @param {() => Promise<T | undefined | false>} look
 * @param {string} what
 * @param {{ timeoutMs?: number, everyMs?: number }} [options]
 * @returns {Promise<T>}
 */
async function until(look, what, { timeoutMs = 60_000, everyMs = 100 } = {}) {
	for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(everyMs)) {
		const found = await look();
		if (found) return found;
	}
	throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
}

module.exports = { until };
