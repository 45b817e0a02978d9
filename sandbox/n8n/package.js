'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const { dirname, join } = require('node:path');
const { Advice } = require('./advice');

const PACKAGE = dirname(dirname(__dirname));
const SOURCES = ['nodes', 'credentials', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

/**
 * @param {string} path
 * @returns {number} the latest change in it, in milliseconds
 */
function newest(path) {
	const stat = fs.statSync(path, { throwIfNoEntry: false });
	if (!stat) return 0;
	if (!stat.isDirectory()) return stat.mtimeMs;
	const inside = fs.readdirSync(path).map((name) => newest(join(path, name)));
	return Math.max(stat.mtimeMs, ...inside);
}

/** @param {string} packageDir */
function builtFiles(packageDir) {
	const { n8n } = JSON.parse(fs.readFileSync(join(packageDir, 'package.json'), 'utf8'));
	return /** @type {string[]} */ ([...n8n.nodes, ...n8n.credentials]).map((file) =>
		join(packageDir, file),
	);
}

/**
 * Builds the package when its build is missing or older than a source.
 *
 * @param {(line: string) => void} [say]
 * @returns {string} the package's folder
 */
function ensureBuild(say = console.log) {
	const source = Math.max(...SOURCES.map((name) => newest(join(PACKAGE, name))));
	const stale = builtFiles(PACKAGE).some((file) => newest(file) < source);
	if (stale) {
		say('Building the package…');
		try {
			execFileSync('npm', ['run', 'build'], {
				cwd: PACKAGE,
				stdio: 'pipe',
				shell: process.platform === 'win32',
			});
		} catch (error) {
			const { stdout, stderr } = /** @type {{ stdout: Buffer, stderr: Buffer }} */ (error);
			throw new Advice(`npm run build failed; mend that first.\n${stdout}${stderr}`);
		}
	}
	return PACKAGE;
}

/**
 * Copied as npm would publish it: package.json and dist.
 *
 * @param {string} packageDir
 * @param {string} modules a node_modules folder
 */
function copyPackage(packageDir, modules) {
	const manifest = join(packageDir, 'package.json');
	const target = join(modules, JSON.parse(fs.readFileSync(manifest, 'utf8')).name);
	fs.mkdirSync(target, { recursive: true });
	fs.copyFileSync(manifest, join(target, 'package.json'));
	fs.cpSync(join(packageDir, 'dist'), join(target, 'dist'), { recursive: true });
}

module.exports = { ensureBuild, copyPackage };
