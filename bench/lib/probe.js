'use strict';

/**
 * Loaded by n8n as its external hooks, and so in n8n's own process: what an execution took, without
 * n8n having to save it. Responds on a port of this machine; one execution at a time.
 */
const { createServer } = require('node:http');
const { startMeasuring } = require('./usage');

/**
 * @typedef {object} NodeRun
 * @property {number} ms n8n's own executionTime
 * @property {number} distinct how many different ids its items have
 *
 * @typedef {import('./usage').Usage & { status: string, error?: string, nodes: Record<string, NodeRun> }} Execution
 *   `nodes` by their names; CPU and heap are those of n8n's whole process while the workflow ran, at the
 *   end with all output still in memory
 */

/** @type {(() => import('./usage').Usage) | undefined} */
let stop;

function begin() {
	// One that never ended must not go on measuring.
	stop?.();
	stop = startMeasuring();
}

/** @param {Array<{ executionTime: number, data?: { main?: Array<any[] | null> } }>} runs @returns {NodeRun} */
function nodeRun(runs) {
	const items = runs.flatMap(({ data }) => data?.main?.flatMap((output) => output ?? []) ?? []);
	return {
		ms: runs.reduce((total, { executionTime }) => total + executionTime, 0),
		distinct: new Set(items.map(({ json }) => json.id)).size,
	};
}

/** @type {Map<string, PromiseWithResolvers>} by the IDs of the executions */
const executions = new Map();

/** @typedef {{ over: Promise<Execution>, resolve: (execution: Execution) => void }} PromiseWithResolvers */

/** @param {string} id */
function executionOf(id) {
	const known = executions.get(id);
	if (known) return known;
	/** @type {PromiseWithResolvers['resolve']} */
	let resolve = () => {};
	/** @type {Promise<Execution>} */
	const over = new Promise((settle) => {
		resolve = settle;
	});
	executions.set(id, { over, resolve });
	return { over, resolve };
}

/** @param {any} run @param {unknown} _workflow @param {string} id */
function end(run, _workflow, id) {
	const usage = /** @type {import('./usage').Usage} */ (stop?.());
	stop = undefined;
	const { runData = {}, error } = run.data.resultData;
	const nodes = Object.entries(runData).map(([name, runs]) => [
		name,
		nodeRun(/** @type {any} */ (runs)),
	]);
	const result = { status: run.status, error: error?.message, nodes: Object.fromEntries(nodes) };
	executionOf(id).resolve({ ...usage, ...result });
}

const server = createServer(async (request, response) => {
	const id = (request.url ?? '').slice(1);
	response.end(JSON.stringify(await executionOf(id).over));
	executions.delete(id);
});
server.requestTimeout = 0;
server.listen(Number(process.env.BENCH_PORT), '127.0.0.1');

module.exports = { workflow: { preExecute: [begin], postExecute: [end] } };
