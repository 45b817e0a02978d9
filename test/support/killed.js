'use strict';

const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { startProcess } = require('../../sandbox/n8n/processes');

const SCRIPT = join(__dirname, 'runInProcess.js');

/**
 * Runs the node in a process of its own, and kills that (SIGKILL: nothing in it learns of it) as soon
 * as `isTime`.
 *
 * @param {import('./host').Given} given what JSON can hold of it
 * @param {() => boolean} isTime
 * @returns {Promise<void>}
 */
async function runAndKill(given, isTime) {
	let output = '';
	const args = ['--import', 'tsx', SCRIPT, JSON.stringify(given)];
	const child = startProcess(process.execPath, args, {
		onOutput: (text) => {
			output += text;
		},
	});
	try {
		while (!isTime()) {
			if (child.hasEnded()) throw new Error(`It ended before it was to be killed:\n${output}`);
			await sleep(2);
		}
	} finally {
		await child.close();
	}
	// What was on its way still arrives at the other side.
	await sleep(200);
}

module.exports = { runAndKill };
