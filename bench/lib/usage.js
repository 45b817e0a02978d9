'use strict';

const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

/** What the process that loads this file uses: time, CPU and memory. */

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collectGarbage = runInNewContext('gc');

const heapUsed = () => process.memoryUsage().heapUsed;

/** Returns the CPU of the whole process since then, garbage collection included. @param {NodeJS.CpuUsage} [since] its start, if left out */
function cpuMs(since) {
	const { user, system } = process.cpuUsage(since);
	return (user + system) / 1000;
}

/**
 * @typedef {object} Usage
 * @property {number} seconds
 * @property {number} cpuMs of the whole process
 * @property {{ before: number, peak: number, held: number }} heap in bytes: without garbage at the start;
 *   with garbage, at most; without garbage at the end
 */

/** Starts measuring. @returns {() => Usage} ends it, while what shall count as held is still referred to */
function startMeasuring() {
	collectGarbage();
	const before = heapUsed();
	let peak = before;
	const sampling = setInterval(() => (peak = Math.max(peak, heapUsed())), 20);
	const [began, cpu] = [performance.now(), process.cpuUsage()];
	return () => {
		const used = { seconds: (performance.now() - began) / 1000, cpuMs: cpuMs(cpu) };
		clearInterval(sampling);
		peak = Math.max(peak, heapUsed());
		collectGarbage();
		return { ...used, heap: { before, peak, held: heapUsed() } };
	};
}

module.exports = { collectGarbage, cpuMs, heapUsed, startMeasuring };
