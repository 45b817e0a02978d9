'use strict';

const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { resources } = require('../../nodes/Clerk/resources');
const { ROOT } = require('../../scripts/lib/files');

/** The length of each operation's file. @returns {number[]} in lines */
const operationLengths = () =>
	resources.flatMap((resource) =>
		resource.operations.map((operation) => {
			const path = ['nodes', 'Clerk', 'resources', resource.value, `${operation.value}.ts`];
			return readFileSync(join(ROOT, ...path), 'utf8')
				.trimEnd()
				.split('\n').length;
		}),
	);

/**
 * What npm would publish of what is built.
 *
 * @param {string} [folder] where to put the tarball; it is not written, if left out
 * @returns {{ filename: string, size: number, files: Array<{ path: string }> }} `size` in bytes
 */
function tarball(folder) {
	const destination = folder ? ['--pack-destination', folder] : ['--dry-run'];
	const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', ...destination], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
		shell: process.platform === 'win32',
	});
	return JSON.parse(output)[0];
}

module.exports = { operationLengths, tarball };
