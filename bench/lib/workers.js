'use strict';

const { Worker } = require('jest-worker');

/** Modules in processes of their own, so that what is measured shares no CPU and no memory with them. */

/** @template {Record<string, unknown>} T @typedef {import('jest-worker').JestWorkerFarm<T>} Farm */

/**
 * @template {Record<string, unknown>} T
 * @param {string} module whose functions it has
 * @param {import('node:child_process').ForkOptions} [options] `env` over that of this process
 * @param {string[]} [exposedMethods] those of them that are called, if it is not to be loaded here
 * @returns {Farm<T>} a process, which does one thing after the other; end it with `end`
 */
function startWorker(module, { env, ...options } = {}, exposedMethods) {
	const { NODE_OPTIONS: _, ...own } = process.env;
	const forkOptions = { execArgv: [], ...options, env: { ...own, ...env } };
	const worker = new Worker(module, { numWorkers: 1, maxRetries: 0, exposedMethods, forkOptions });
	return /** @type {Farm<T>} */ (worker);
}

/**
 * Runs `run` of a module in a new process.
 *
 * @param {string} module
 * @param {unknown} given sent as JSON, as is the result
 * @param {import('node:child_process').ForkOptions} [options]
 * @returns {Promise<any>}
 */
async function runOnce(module, given, options) {
	/** @type {Farm<{ run: (given: unknown) => Promise<any> }>} */
	const worker = startWorker(module, options, ['run']);
	try {
		return await worker.run(given);
	} finally {
		await worker.end();
	}
}

module.exports = { runOnce, startWorker };
