'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

/** Waits in real time. @param {number} ms @returns {Promise<void>} */
const pass = (ms) => sleep(ms);

/** Real milliseconds without a change, after which a count has come to rest. */
const STILL_MS = 200;

/**
 * Returns a function that returns true once `count` is at least `from` and no longer grows: all
 * requests that could be sent have been sent.
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
 * Returns a signal that is aborted once `isTime` returns true, and the milliseconds since then.
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

/** Less processor time says nothing. */
const LEAST_MS = 10;

/**
 * Returns how much longer the work on one length takes than the work on ten tenths of it: about once
 * where the time grows with the length, ten times where it grows with its square.
 *
 * @param {(length: number) => unknown} work
 * @param {number} [length]
 */
async function growthOf(work, length = 100_000) {
	await work(length / 100);
	const growths = [];
	// What the machine does besides, and the collection of garbage, can make one measurement longer.
	for (let turn = 0; turn < 3; turn++) {
		const short = await cpuTimeOf(async () => {
			for (let time = 0; time < 10; time++) await work(length / 10);
		});
		const long = await cpuTimeOf(() => work(length));
		growths.push(long / Math.max(short, LEAST_MS));
	}
	return Math.min(...growths);
}

/** Calls `then` once everything has happened that does not wait for a timer. @param {() => void} then */
const soon = (then) => void setImmediate(then);

module.exports = { abortWhen, cameToRest, cpuTimeOf, growthOf, pass, soon };
