'use strict';

const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { startProcess } = require('../../sandbox/n8n/processes');

const SCRIPT = join(__dirname, 'runInProcess.js');

/**
 * Runs the node in a process of its own, and kills the process with SIGKILL, which it cannot handle,
 * once `isTime` returns true.
 *
 * @param {import('./host').HostOptions} options passed on as JSON
 * @param {() => boolean} isTime
 * @returns {Promise<void>}
 */
async function runAndKill(options, isTime) {
	let output = '';
	const args = ['--import', 'tsx', SCRIPT, JSON.stringify(options)];
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
	// Requests that were already sent still arrive.
	await sleep(200);
}

module.exports = { runAndKill };
