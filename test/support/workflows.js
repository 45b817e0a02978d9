'use strict';

const { execFile } = require('node:child_process');
const { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { parse } = require('yaml');
const { ROOT, TSX } = require('./command');

/**
 * @typedef {{ uses?: string, run?: string, with?: Record<string, unknown> }} Step
 * @typedef {{ needs?: string, environment?: string, permissions?: Record<string, string>, steps: Step[] }} Job
 * @typedef {{ code: number, output: string }} Ended
 */

const FOLDER = join(ROOT, '.github', 'workflows');

function readWorkflows() {
	return readdirSync(FOLDER).map((file) => {
		const text = readFileSync(join(FOLDER, file), 'utf8');
		/** @type {{ permissions: Record<string, string>, jobs: Record<string, Job> }} */
		const { permissions, jobs } = parse(text);
		const all = Object.values(jobs);
		return {
			file,
			text,
			jobs,
			permissions: [
				permissions,
				...all.flatMap((job) => (job.permissions ? [job.permissions] : [])),
			],
			steps: all.flatMap(({ steps }) => steps),
		};
	});
}

/** @param {string} file @param {string[]} args @param {string} [input] @returns {Promise<Ended>} */
const run = async (file, args, input = '') =>
	await new Promise((resolve) => {
		const child = execFile(file, args, { cwd: ROOT }, (error, stdout, stderr) =>
			resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
		);
		child.stdin?.end(input);
	});

const lintWorkflows = async () =>
	await run(process.execPath, [TSX, join('test', 'support', 'lintWorkflows.js')]);

/** Returns Bash's syntax errors in a script, without running it. @param {string} script */
const shellComplaint = async (script) => (await run('bash', ['-n'], script)).output;

/**
 * Runs a script as GitHub does, in a folder of its own, with stand-ins for the commands that it uses.
 *
 * @param {string} script
 * @param {Record<string, string>} commands the scripts of the stand-ins, by name
 * @param {string[]} names of the files to return; `output` is the one that GITHUB_OUTPUT names
 * @returns {Promise<{ code: number, files: Record<string, string> }>}
 */
async function runShell(script, commands, names) {
	const folder = mkdtempSync(join(tmpdir(), 'step-'));
	try {
		for (const [name, text] of Object.entries(commands)) {
			writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${text}\n`, { mode: 0o755 });
		}
		const output = join(folder, 'output');
		writeFileSync(output, '');
		const start = `cd '${folder}'\nexport PATH='${folder}':"$PATH" GITHUB_OUTPUT='${output}'\n`;
		const { code } = await run('bash', ['-e'], start + script);
		const read = names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
		return { code, files: Object.fromEntries(read) };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

module.exports = { lintWorkflows, readWorkflows, runShell, shellComplaint };
