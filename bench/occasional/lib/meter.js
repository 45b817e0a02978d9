'use strict';

/**
 * Loaded by n8n as its external hooks, and so in n8n's own process: what the process takes, and which
 * deliveries became executions. It adds nothing to an execution but the counting.
 */
const { createServer } = require('node:http');
const { collectGarbage, cpuMs } = require('../../lib/usage');

/**
 * @typedef {object} Reading
 * @property {number} cpuMs of the whole process, since it started
 * @property {number} rss in bytes
 * @property {Record<string, Count>} workflows by their IDs
 *
 * @typedef {object} Count
 * @property {number} begun executions, with whatever result
 * @property {string[]} deliveries the ids of those that succeeded
 */

/** @type {Record<string, Count>} */
const workflows = {};

/** @param {string} id */
const countOf = (id) => (workflows[id] ??= { begun: 0, deliveries: [] });

/** @param {{ id: string }} workflow */
function begin({ id }) {
	countOf(id).begun += 1;
}

/** @param {any} run @param {{ id: string }} workflow */
function end(run, { id }) {
	if (run.status !== 'success') return;
	const [[started]] = /** @type {any[][]} */ (Object.values(run.data.resultData.runData));
	const { json } = started.data.main[0][0];
	countOf(id).deliveries.push(json.svixId ?? json.headers['svix-id']);
}

const server = createServer((request, response) => {
	// Twice: what the first leaves to finalizers, the second finds.
	if (request.url === '/memory') [1, 2].forEach(() => collectGarbage());
	/** @type {Reading} */
	const reading = { cpuMs: cpuMs(), rss: process.memoryUsage.rss(), workflows };
	response.end(JSON.stringify(reading));
});
server.listen(Number(process.env.BENCH_PORT), '127.0.0.1');

module.exports = { workflow: { preExecute: [begin], postExecute: [end] } };
