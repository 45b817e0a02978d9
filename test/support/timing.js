'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/** Real milliseconds. @param {number} ms @returns {Promise<void>} */
const pass = (ms) => sleep(ms);

/** Real milliseconds. */
const STILL_MS = 200;

/**
 * Whether so many have come, and no more come: whatever was on its way has got stuck where it is meant to.
 *
 * @param {() => number} count
 * @param {number} from
 */
function cameToRest(count, from) {
	let seen = -1;
	let since = 0;
	return () => {
		if (count() !== seen) {
			seen = count();
			since = performance.now();
		}
		return seen >= from && performance.now() - since >= STILL_MS;
	};
}

/**
 * A signal that fires once `isTime` says so, and the time that has passed since.
 *
 * @param {() => boolean} isTime
 */
function abortWhen(isTime) {
	const controller = new AbortController();
	let at = Infinity;
	const waiting = (async () => {
		while (!isTime()) await sleep(5);
		at = performance.now();
		controller.abort();
	})();
	return { signal: controller.signal, waiting, sinceThen: () => performance.now() - at };
}

/**
 * Milliseconds that the processor worked on it, which a busy machine does not change.
 *
 * @param {() => unknown} work
 */
async function cpuTimeOf(work) {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

module.exports = { abortWhen, cameToRest, cpuTimeOf, pass };
