'use strict';

/**
 * Loaded by n8n as its external hooks, and so in n8n's own process: what the process takes, and which
 * deliveries became executions. It adds nothing to an execution but the counting.
 */
const { createServer } = require('node:http');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collectGarbage = runInNewContext('gc');

/**
 * @typedef {object} Reading
 * @property {number} cpuMs of the whole process, since it started
 * @property {number} rss in bytes, without garbage
 * @property {Record<string, Count>} workflows by their IDs
 *
 * @typedef {object} Count
 * @property {number} begun executions, whatever became of them
 * @property {number} succeeded
 * @property {string[]} deliveries the different ids of those that succeeded
 */

/** @type {Map<string, { begun: number, succeeded: number, deliveries: Set<string> }>} */
const counts = new Map();

/** @param {string} id */
function countOf(id) {
	const count = counts.get(id) ?? { begun: 0, succeeded: 0, deliveries: new Set() };
	counts.set(id, count);
	return count;
}

/** @param {{ id: string }} workflow */
function begin({ id }) {
	countOf(id).begun += 1;
}

/** @param {any} run @param {{ id: string }} workflow */
function end(run, { id }) {
	if (run.status !== 'success') return;
	const count = countOf(id);
	const [[started]] = /** @type {any[][]} */ (Object.values(run.data.resultData.runData));
	const { json } = started.data.main[0][0];
	count.succeeded += 1;
	count.deliveries.add(json.svixId ?? json.headers['svix-id']);
}

const server = createServer((request, response) => {
	// Twice: what the first leaves to finalizers, the second finds.
	if (request.url === '/memory') [1, 2].forEach(() => collectGarbage());
	const { user, system } = process.cpuUsage();
	/** @type {Reading} */
	const reading = {
		cpuMs: (user + system) / 1000,
		rss: process.memoryUsage.rss(),
		workflows: Object.fromEntries(
			Array.from(counts, ([id, count]) => [
				id,
				{ ...count, deliveries: Array.from(count.deliveries) },
			]),
		),
	};
	response.end(JSON.stringify(reading));
});
server.listen(Number(process.env.BENCH_METER_PORT), '127.0.0.1');

module.exports = { workflow: { preExecute: [begin], postExecute: [end] } };
