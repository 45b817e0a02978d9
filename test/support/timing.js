'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/** Real milliseconds. @param {number} ms @returns {Promise<void>} */
const pass = (ms) => sleep(ms);

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
		// Whatever is on its way by now has got stuck where it is meant to.
		await sleep(100);
		at = performance.now();
		controller.abort();
	})();
	return { signal: controller.signal, waiting, sinceThen: () => performance.now() - at };
}

module.exports = { abortWhen, pass };
