'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const { dirname, join } = require('node:path');
const { Advice } = require('./advice');

const PACKAGE = dirname(dirname(__dirname));
const SOURCES = ['nodes', 'credentials', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

/** @param {string} packageDir @returns {{ name: string, n8n: { nodes: string[], credentials: string[] } }} */
const manifestOf = (packageDir) =>
	JSON.parse(fs.readFileSync(join(packageDir, 'package.json'), 'utf8'));

/** Returns when a file, or a folder with all that is in it, was last changed. @param {string} path */
function newest(path) {
	const stat = fs.statSync(path, { throwIfNoEntry: false });
	const inside = stat?.isDirectory() ? fs.readdirSync(path, { recursive: true }) : [];
	const times = inside.map((name) => fs.statSync(join(path, String(name))).mtimeMs);
	return Math.max(stat?.mtimeMs ?? 0, ...times);
}

/** Builds the package when its build is missing or older than a source. @returns {string} its folder */
function ensureBuild() {
	const source = Math.max(...SOURCES.map((name) => newest(join(PACKAGE, name))));
	const { nodes, credentials } = manifestOf(PACKAGE).n8n;
	if ([...nodes, ...credentials].every((file) => newest(join(PACKAGE, file)) >= source)) {
		return PACKAGE;
	}
	console.error('Building the package…');
	try {
		const shell = process.platform === 'win32';
		execFileSync('npm', ['run', 'build'], { cwd: PACKAGE, stdio: 'pipe', shell });
	} catch (error) {
		const { stdout, stderr } = /** @type {{ stdout: Buffer, stderr: Buffer }} */ (error);
		throw new Advice(`npm run build failed; mend that first.\n${stdout}${stderr}`);
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
	const target = join(modules, manifestOf(packageDir).name);
	for (const name of ['package.json', 'dist']) {
		fs.cpSync(join(packageDir, name), join(target, name), { recursive: true });
	}
}

module.exports = { ensureBuild, copyPackage };
