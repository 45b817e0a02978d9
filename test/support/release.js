'use strict';

const { execFile, execFileSync } = require('node:child_process');
const { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { ROOT } = require('./command');

const SCRIPT = 'version.js';

/** Creates a git repository in a temporary folder, with only those files of the package that a release reads, and without its packages. */
function releasedPackage() {
	const folder = mkdtempSync(join(tmpdir(), 'release-'));
	const git = (/** @type {string[]} */ ...args) =>
		execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], {
			cwd: folder,
			stdio: 'pipe',
		});
	mkdirSync(join(folder, 'test'));
	copyFileSync(join(ROOT, 'scripts', SCRIPT), join(folder, SCRIPT));
	git('init', '--quiet');

	return {
		/** @param {{ version: string, names: string[] }} state */
		commit({ version, names }) {
			writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
			writeFileSync(join(folder, 'test', 'names.snapshot.txt'), `${names.join('\n')}\n`);
			git('add', '.');
			git('commit', '--quiet', '--allow-empty', '--message', version);
		},
		/** @param {string} name */
		tag: (name) => git('tag', name),
		/** @param {string[]} args @returns {Promise<{ code: number, output: string }>} */
		next: async (...args) =>
			await new Promise((resolve) => {
				execFile(process.execPath, [SCRIPT, ...args], { cwd: folder }, (error, output) =>
					resolve({ code: typeof error?.code === 'number' ? error.code : 0, output }),
				);
			}),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}

module.exports = { releasedPackage };
