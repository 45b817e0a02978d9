'use strict';

/** What scenarios make of their measurements: of several runs of each subject, one value for each. */

/** Of an even number, the mean of the two in the middle. @param {number[]} values @returns {number} */
function median(values) {
	if (values.length === 0) throw new Error('There is no median of nothing');
	const sorted = [...values].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** @param {(values: number[]) => number} combine */
const ofEach =
	(combine) =>
	/** @template {Record<string, any>} T @param {T[][]} results of each subject @param {keyof T} key */
	(results, key) =>
		results.map((runs) => combine(runs.map((run) => run[key])));

const medians = ofEach(median);
const highest = ofEach((values) => Math.max(...values));
const lowest = ofEach((values) => Math.min(...values));
const totals = ofEach((values) => values.reduce((total, value) => total + value, 0));

/**
 * Each of the works once, then each once more, and so on: what slows the machine down for a while
 * slows all of them down.
 *
 * @template T
 * @param {number} rounds
 * @param {Array<() => Promise<T>>} works
 * @returns {Promise<T[][]>} the results of each work
 */
async function inTurns(rounds, works) {
	/** @type {T[][]} */
	const results = works.map(() => []);
	for (let round = 0; round < rounds; round++) {
		for (const [index, work] of works.entries()) results[index].push(await work());
	}
	return results;
}

/** The same after a round that fills the system's file cache, and does not count. @type {typeof inTurns} */
async function takingTurns(rounds, works) {
	await inTurns(1, works);
	return await inTurns(rounds, works);
}

module.exports = { highest, inTurns, lowest, median, medians, takingTurns, totals };
