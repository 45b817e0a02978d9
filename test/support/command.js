'use strict';

const { execFile } = require('node:child_process');
const { join } = require('node:path');
const { promisify } = require('node:util');

const ROOT = join(__dirname, '..', '..');
const TSX = join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs');

/**
 * Runs one of the package's scripts and returns its output.
 *
 * @param {string} script
 * @param {string[]} [args]
 * @param {string} [cwd]
 */
async function runScript(script, args = [], cwd = ROOT) {
	const command = [TSX, join('scripts', script), ...args];
	const { stdout } = await promisify(execFile)(process.execPath, command, { cwd });
	return stdout;
}

/**
 * Runs the bench; resolves with its output and exit code also when it fails.
 *
 * @param {string[]} args
 * @returns {Promise<{ stdout: string, stderr: string, code: number }>}
 */
async function runBench(args) {
	const command = [TSX, join('bench', 'run.js'), ...args];
	try {
		const output = await promisify(execFile)(process.execPath, command, { cwd: ROOT });
		return { ...output, code: 0 };
	} catch (error) {
		return /** @type {any} */ (error);
	}
}

/** Runs a file of the repository with Node alone and returns its output. @param {string} file @param {string[]} [args] */
async function runNode(file, args = []) {
	const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { cwd: ROOT });
	return stdout;
}

module.exports = { ROOT, TSX, runBench, runNode, runScript };
