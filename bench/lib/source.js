'use strict';

const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { resources } = require('../../nodes/Clerk/resources');
const { ROOT } = require('../../scripts/lib/files');

const RESOURCES = join(ROOT, 'nodes', 'Clerk', 'resources');

/**
 * The length of each operation's file.
 *
 * @returns {Array<{ operation: string, lines: number }>} `operation` as `user.get`
 */
function operationFiles() {
	return resources.flatMap((resource) =>
		resource.operations.map((operation) => {
			const file = join(RESOURCES, resource.value, `${operation.value}.ts`);
			const name = `${resource.value}.${operation.value}`;
			if (!existsSync(file)) throw new Error(`${name} has no file of its own`);
			return { operation: name, lines: readFileSync(file, 'utf8').trimEnd().split('\n').length };
		}),
	);
}

/**
 * What npm would publish of what is built.
 *
 * @returns {{ size: number, files: Array<{ path: string, size: number }> }} sizes in bytes
 */
function tarball() {
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
		shell: process.platform === 'win32',
	});
	return JSON.parse(output)[0];
}

module.exports = { operationFiles, tarball };
