'use strict';

/**
 * Loaded by n8n as its external hooks, and so in n8n's own process: what the process takes, how many
 * executions succeeded, and what each took that was started by hand, without n8n having to save it.
 * Responds on a port of this machine; one execution by hand at a time.
 */
const { createServer } = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const { collectGarbage, cpuMs, startMeasuring } = require('./usage');

/**
 * @typedef {object} Reading
 * @property {number} cpuMs of the whole process, since it started
 * @property {number} rss in bytes
 * @property {Record<string, number>} succeeded executions of each workflow that were not started by hand
 *
 * @typedef {{ ms: number, distinct: number }} NodeRun n8n's own time of it, and how many different ids its items have
 *
 * @typedef {import('./usage').Usage & { status: string, error?: string, nodes: Record<string, NodeRun> }} Execution
 *   `nodes` by their names; CPU and heap are those of n8n's whole process while the workflow ran, at the
 *   end with all output still in memory
 */

/** @type {Reading['succeeded']} */
const succeeded = {};

/** @type {Record<string, Execution>} by their IDs */
const executions = {};

/** @type {(() => import('./usage').Usage) | undefined} */
let stop;

/** @param {unknown} _workflow @param {string} mode */
function begin(_workflow, mode) {
	// One that never ended must not go on measuring.
	stop?.();
	stop = mode === 'manual' ? startMeasuring() : undefined;
}

/** @param {Array<{ executionTime: number, data?: { main?: Array<any[] | null> } }>} runs @returns {NodeRun} */
function nodeRun(runs) {
	const items = runs.flatMap(({ data }) => data?.main?.flatMap((output) => output ?? []) ?? []);
	return {
		ms: runs.reduce((total, { executionTime }) => total + executionTime, 0),
		distinct: new Set(items.map(({ json }) => json.id)).size,
	};
}

/** @param {any} run @param {{ id: string }} workflow @param {string} id */
function end({ status, data }, workflow, id) {
	if (!stop) {
		if (status === 'success') succeeded[workflow.id] = (succeeded[workflow.id] ?? 0) + 1;
		return;
	}
	const usage = stop();
	stop = undefined;
	const { runData = {}, error } = data.resultData;
	const nodes = Object.entries(runData).map(([name, runs]) => [name, nodeRun(runs)]);
	executions[id] = { ...usage, status, error: error?.message, nodes: Object.fromEntries(nodes) };
}

const server = createServer(async ({ url = '' }, response) => {
	const [, kind, id] = url.split('/');
	while (kind === 'executions' && !executions[id]) await sleep(10);
	// Twice: what the first leaves to finalizers, the second finds.
	if (kind === 'withoutGarbage') [1, 2].forEach(() => collectGarbage());
	/** @type {Reading} */
	const reading = { cpuMs: cpuMs(), rss: process.memoryUsage.rss(), succeeded };
	response.end(JSON.stringify(id ? executions[id] : reading));
});
server.requestTimeout = 0;
server.listen(Number(process.env.BENCH_PORT), '127.0.0.1');

module.exports = { workflow: { preExecute: [begin], postExecute: [end] } };
