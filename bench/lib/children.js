'use strict';

const { execFile } = require('node:child_process');
const { promisify } = require('node:util');

const run = promisify(execFile);
const PATIENCE_MS = 300_000;

/**
 * Runs a script in a process of its own, which prints one line of JSON last.
 *
 * @param {string} node the Node that runs it
 * @param {string} script
 * @param {unknown} given reaches the script as JSON, its first argument
 * @param {NodeJS.ProcessEnv} [env] over that of this process
 * @returns {Promise<any>}
 */
async function runChild(node, script, given, env = {}) {
	const { NODE_OPTIONS: _, ...own } = process.env;
	const { stdout } = await run(node, [script, JSON.stringify(given)], {
		env: { ...own, ...env },
		maxBuffer: 64_000_000,
		timeout: PATIENCE_MS,
	});
	return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

/**
 * Each of the works once, then each once more, and so on: what slows the machine down for a while
 * slows all of them down. The first round fills the system's file cache, and does not count.
 *
 * @template T
 * @param {number} rounds
 * @param {Array<() => Promise<T>>} works
 * @returns {Promise<T[][]>} the results of each work
 */
async function takingTurns(rounds, works) {
	/** @type {T[][]} */
	const results = works.map(() => []);
	for (let round = 0; round <= rounds; round++) {
		for (const [index, work] of works.entries()) {
			const result = await work();
			if (round > 0) results[index].push(result);
		}
	}
	return results;
}

module.exports = { runChild, takingTurns };
