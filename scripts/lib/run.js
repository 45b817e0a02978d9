'use strict';

const { execFile } = require('node:child_process');
const { ROOT } = require('./files');

/**
 * Runs a program in the repository, and gives what it said whichever way it ended.
 *
 * @param {string} file
 * @param {string[]} args
 * @returns {Promise<{ code: number, stdout: string, output: string }>} `output`: stderr too
 */
const run = (file, args) =>
	new Promise((resolve) => {
		const options = { cwd: ROOT, maxBuffer: 64 * 1024 ** 2, shell: process.platform === 'win32' };
		execFile(file, args, options, (error, stdout, stderr) => {
			const code = error ? Number(error.code) || 1 : 0;
			resolve({ code, stdout, output: `${stdout}${stderr}` });
		});
	});

module.exports = { run };
