'use strict';

const { execFile } = require('node:child_process');
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');
const { promisify } = require('node:util');

const ROOT = join(__dirname, '..', '..');
const CRUISE = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
const CONFIG = join(ROOT, '.dependency-cruiser.cjs');

/**
 * Returns what `npm run check -- imports` and `-- requires` find in a folder with these files: a line each, sorted.
 *
 * @param {Record<string, string>} files their sources, by their paths
 * @returns {Promise<string[]>}
 */
async function findImports(files) {
	const folder = mkdtempSync(join(tmpdir(), 'imports-'));
	try {
		for (const [path, text] of Object.entries({ ...files, 'tsconfig.json': '{}' })) {
			mkdirSync(dirname(join(folder, path)), { recursive: true });
			writeFileSync(join(folder, path), text);
		}
		const args = [CRUISE, 'nodes', 'dist', '--config', CONFIG, '--output-type', 'json'];
		const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch(
			// With the number of broken rules as its exit code.
			(error) => error,
		);
		/** @type {Array<{ from: string, to: string, rule: { name: string } }>} */
		const violations = JSON.parse(stdout).summary.violations;
		return violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`).sort();
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

module.exports = { findImports };
