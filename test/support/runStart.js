'use strict';

const { spawn } = require('node:child_process');
const { join } = require('node:path');

const START = join(__dirname, '..', '..', 'sandbox', 'start.js');

/**
 * Runs what `npm start` runs, as a person would.
 *
 * @param {string[]} args
 * @param {object} [options]
 * @param {Record<string, string>} [options.env]
 * @param {RegExp} [options.interruptAt] presses Ctrl-C when it has printed this
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function runStart(args, { env = {}, interruptAt } = {}) {
	const { CLERK_SECRET_KEY: _, ...rest } = process.env;
	const child = spawn(process.execPath, [START, ...args], { env: { ...rest, ...env } });
	let output = '';
	let interrupted = false;
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text) => {
			output += text;
			if (!interrupted && interruptAt?.test(output)) {
				interrupted = true;
				child.kill('SIGINT');
			}
		});
	}
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, output }));
	});
}

module.exports = { runStart };
