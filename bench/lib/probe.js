'use strict';

/**
 * Loaded by n8n as its external hooks, and so in n8n's own process: what an execution took, without
 * n8n having to save it. Responds on a port of this machine; one execution at a time.
 */
const { createServer } = require('node:http');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const SAMPLE_MS = 20;

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collectGarbage = runInNewContext('gc');

/**
 * @typedef {object} NodeRun
 * @property {number} ms n8n's own executionTime
 * @property {string} status
 * @property {number} items that came out
 * @property {number} failed those of them that have an error
 * @property {number} distinct how many different ids they have
 *
 * @typedef {object} Execution
 * @property {string} status
 * @property {string} [error]
 * @property {Record<string, NodeRun>} nodes by their names
 * @property {number} cpuMs of n8n's whole process, while the workflow ran
 * @property {{ before: number, peak: number, held: number }} heap in bytes: without garbage, when it
 *   began; with garbage, at most; without garbage, at the end with all output still in memory
 * @property {{ before: number, peak: number }} rss in bytes
 */

const now = () => ({ cpu: process.cpuUsage(), ...process.memoryUsage() });
let atStart = now();
const peak = { heap: 0, rss: 0 };

function sample() {
	const { heapUsed, rss } = process.memoryUsage();
	peak.heap = Math.max(peak.heap, heapUsed);
	peak.rss = Math.max(peak.rss, rss);
}

/** @type {ReturnType<typeof setInterval> | undefined} */
let sampling;

function begin() {
	collectGarbage();
	clearInterval(sampling);
	Object.assign(peak, { heap: 0, rss: 0 });
	sampling = setInterval(sample, SAMPLE_MS);
	atStart = now();
}

/** @param {Array<{ executionTime: number, executionStatus: string, data?: { main?: Array<any[] | null> } }>} runs @returns {NodeRun} */
function nodeRun(runs) {
	const items = runs.flatMap(({ data }) => data?.main?.flatMap((output) => output ?? []) ?? []);
	return {
		ms: runs.reduce((total, { executionTime }) => total + executionTime, 0),
		status: runs.at(-1)?.executionStatus ?? '',
		items: items.length,
		failed: items.filter(({ error, json }) => error ?? json.error).length,
		distinct: new Set(items.map(({ json }) => json.id)).size,
	};
}

/** @type {Map<string, Execution>} */
const executions = new Map();
/** @type {Map<string, (execution: Execution) => void>} */
const waiting = new Map();

/** @param {any} run @param {unknown} _workflow @param {string} id */
function end(run, _workflow, id) {
	const { user, system } = process.cpuUsage(atStart.cpu);
	clearInterval(sampling);
	sample();
	collectGarbage();
	const { heapUsed: held } = process.memoryUsage();
	const { runData = {}, error } = run.data.resultData;
	/** @type {Execution} */
	const execution = {
		status: run.status,
		error: error?.message,
		nodes: Object.fromEntries(
			Object.entries(runData).map(([name, runs]) => [name, nodeRun(/** @type {any} */ (runs))]),
		),
		cpuMs: (user + system) / 1000,
		heap: { before: atStart.heapUsed, peak: peak.heap, held },
		rss: { before: atStart.rss, peak: peak.rss },
	};
	executions.set(id, execution);
	waiting.get(id)?.(execution);
}

const server = createServer((request, response) => {
	const id = (request.url ?? '').slice(1);
	const respond = (/** @type {Execution} */ execution) => {
		response.end(JSON.stringify(execution));
		executions.delete(id);
		waiting.delete(id);
	};
	const execution = executions.get(id);
	if (execution) respond(execution);
	else waiting.set(id, respond);
});
server.requestTimeout = 0;
server.listen(Number(process.env.BENCH_PROBE_PORT), '127.0.0.1');

module.exports = { workflow: { preExecute: [begin], postExecute: [end] } };
