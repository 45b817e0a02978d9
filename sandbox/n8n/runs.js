'use strict';

const { parse } = require('flatted');

const UNDER_WAY = ['new', 'running', 'waiting', 'unknown'];

/**
 * @typedef {{ json: Record<string, any>, pairedItem?: unknown, error?: unknown, binary?: unknown }} Item
 * @typedef {{ message: string, description?: string, node?: { name: string } } & Record<string, any>} RunError
 * @typedef {{ executionId: string, status: string, data: Record<string, Item[]>, outputs: Record<string, Item[][]>, error?: RunError, ms: number }} Run `ms`: from start to stop, by n8n's clock
 */

/**
 * The items that each node put out, over all of its runs.
 *
 * @param {Record<string, Array<{ data?: { main?: Array<Item[] | null> } }>>} runData
 */
function itemsOf(runData) {
	/** @type {Run['data']} */
	const data = {};
	/** @type {Run['outputs']} */
	const outputs = {};
	for (const [node, runs] of Object.entries(runData)) {
		outputs[node] = [];
		for (const { data: put } of runs) {
			put?.main?.forEach((items, index) => {
				outputs[node][index] = [...(outputs[node][index] ?? []), ...(items ?? [])];
			});
		}
		data[node] = outputs[node].flat();
	}
	return { data, outputs };
}

/**
 * @param {{ id: string, status: string, data: string, startedAt: string, stoppedAt: string }} execution
 * @returns {Run | undefined} none while it is under way; n8n 1 writes the status before the data
 */
function runOf({ id, status, data: stored, startedAt, stoppedAt }) {
	const results = UNDER_WAY.includes(status) ? undefined : parse(stored)?.resultData;
	if (!results) return undefined;
	const ms = Date.parse(stoppedAt) - Date.parse(startedAt);
	return { executionId: id, status, ...itemsOf(results.runData ?? {}), error: results.error, ms };
}

module.exports = { runOf };
