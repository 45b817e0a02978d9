'use strict';

/**
 * Loaded by n8n as its external hooks, and so in n8n's own process: what the process takes, how many
 * executions there were, and what each took that was started by hand, without n8n having to save it.
 * Responds on a port of this machine; one execution by hand at a time.
 */
const { createServer } = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');
const { collectGarbage, cpuMs, startMeasuring } = require('./usage');

/**
 * @typedef {object} Reading
 * @property {number} cpuMs of the whole process, since it started
 * @property {number} rss in bytes
 * @property {number} begun executions, with whatever result
 * @property {Record<string, number>} succeeded executions that deliveries started, by what their ids begin with:
 *   `msg_1` for all of `msg_1_…`
 *
 * @typedef {object} NodeRun
 * @property {number} ms n8n's own executionTime
 * @property {number} distinct how many different ids its items have
 *
 * @typedef {import('./usage').Usage & { status: string, error?: string, nodes: Record<string, NodeRun> }} Execution
 *   `nodes` by their names; CPU and heap are those of n8n's whole process while the workflow ran, at the
 *   end with all output still in memory
 */

let begun = 0;
/** @type {Reading['succeeded']} */
const succeeded = {};

/** @type {Record<string, Execution>} by their IDs */
const executions = {};

/** @type {(() => import('./usage').Usage) | undefined} */
let stop;

/** @param {unknown} _workflow @param {string} mode */
function begin(_workflow, mode) {
	begun += 1;
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

/** Counts what a delivery started. @param {any} run with the output of nothing but a trigger */
function countDelivery({ status, data }) {
	if (status !== 'success') return;
	const [[started]] = /** @type {any[][]} */ (Object.values(data.resultData.runData));
	const { json } = started.data.main[0][0];
	const id = String(json.svixId ?? json.headers['svix-id']);
	const batch = id.split('_', 2).join('_');
	succeeded[batch] = (succeeded[batch] ?? 0) + 1;
}

/** @param {any} run @param {unknown} _workflow @param {string} id */
function end(run, _workflow, id) {
	if (!stop) return countDelivery(run);
	const usage = stop();
	stop = undefined;
	const { runData = {}, error } = run.data.resultData;
	const nodes = Object.entries(runData).map(([name, runs]) => [name, nodeRun(runs)]);
	const result = { status: run.status, error: error?.message, nodes: Object.fromEntries(nodes) };
	executions[id] = { ...usage, ...result };
}

/** @param {string} id @returns {Promise<Execution>} once it is over */
async function execution(id) {
	while (!executions[id]) await sleep(10);
	return executions[id];
}

/** @returns {Reading} */
const reading = () => ({ cpuMs: cpuMs(), rss: process.memoryUsage.rss(), begun, succeeded });

const server = createServer(async ({ url = '' }, response) => {
	const [, kind, id] = url.split('/');
	// Twice: what the first leaves to finalizers, the second finds.
	if (kind === 'withoutGarbage') [1, 2].forEach(() => collectGarbage());
	response.end(JSON.stringify(kind === 'executions' ? await execution(id) : reading()));
});
server.requestTimeout = 0;
server.listen(Number(process.env.BENCH_PORT), '127.0.0.1');

module.exports = { workflow: { preExecute: [begin], postExecute: [end] } };
