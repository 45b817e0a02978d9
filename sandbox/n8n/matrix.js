'use strict';

const { execFileSync, spawnSync } = require('node:child_process');
const { mkdtempSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');
const Table = require('cli-table3');
const { ensureInstall } = require('./install');
const { lockedPackages } = require('./nodeBinary');

/**
 * The end-to-end tests in each n8n that the package supports, one version after the other:
 * `npm run test:matrix`, or `-- 2.8.4` for some of them. An n8n that runs on the machine's own Node
 * does; the newest brings one along where it is too old.
 */

const SANDBOX = dirname(__dirname);
const ROOT = dirname(SANDBOX);
const VERSIONS = join(SANDBOX, 'versions');

/** What workflows need. Left out is what is about this repository alone, or about n8n's newest editor, or takes long (queue mode). */
const TESTS = [
	'agent',
	'cancel',
	'credential',
	'errorItems',
	'everyResource',
	'examples',
	'forms',
	'hostileNetwork',
	'itemCredentials',
	'node',
	'tables',
	'trigger',
	'uploads',
];

/** @typedef {{ version: string, node: string, passed: number, failed: number, skipped: number }} Row */

/** Only the one that `N8N_INSTALLED` names, if it names one. @returns {Promise<Array<{ version: string, dir: string }>>} oldest first */
async function supported() {
	if (process.env.N8N_INSTALLED) {
		return [{ dir: SANDBOX, version: (await ensureInstall()).version }];
	}
	return [...readdirSync(VERSIONS).map((name) => join(VERSIONS, name)), SANDBOX]
		.map((dir) => ({ dir, version: lockedPackages(dir)['node_modules/n8n'].version ?? '' }))
		.sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
}

/**
 * @param {string} dir
 * @param {string} file for jest's result
 * @returns {Pick<Row, 'passed' | 'failed' | 'skipped'>}
 */
function runTests(dir, file) {
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const pattern = `test/n8n/(${TESTS.join('|')})\\.`;
	const args = ['-c', 'jest.n8n.config.js', '--ci', '--json', `--outputFile=${file}`, pattern];
	spawnSync(process.execPath, [jest, ...args], {
		cwd: ROOT,
		env: { ...process.env, N8N_SANDBOX_DIR: dir },
		// What it prints on stdout is the result once more.
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	const result = JSON.parse(readFileSync(file, 'utf8'));
	return {
		passed: result.numPassedTests,
		failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
		skipped: result.numPendingTests,
	};
}

/** @param {{ version: string, dir: string }} n8n @param {string} folder @returns {Promise<Row>} */
async function rowOf({ version, dir }, folder) {
	try {
		const { node } = await ensureInstall({ dir });
		const used = execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
		console.log(`\nn8n ${version} on Node ${used}`);
		return { version, node: used, ...runTests(dir, join(folder, `${version}.json`)) };
	} catch (error) {
		// The others are still worth knowing.
		console.error(`n8n ${version} was not tested: ${/** @type {Error} */ (error).message}`);
		return { version, node: '–', passed: 0, failed: 1, skipped: 0 };
	}
}

async function main() {
	const all = await supported();
	const asked = process.argv.slice(2);
	const unknown = asked.filter((name) => !all.some(({ version }) => version === name));
	if (unknown.length > 0) {
		const known = all.map(({ version }) => version).join(', ');
		throw new Error(`There is no n8n ${unknown.join(', ')} here, only ${known}.`);
	}
	const folder = mkdtempSync(join(tmpdir(), 'n8n-clerk-matrix-'));
	/** @type {Row[]} */
	const rows = [];
	try {
		for (const n8n of all) {
			if (asked.length === 0 || asked.includes(n8n.version)) rows.push(await rowOf(n8n, folder));
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	const table = new Table({
		head: ['n8n', 'Node', 'passed', 'failed', 'skipped'],
		style: { head: [], border: [] },
	});
	for (const row of rows) table.push([row.version, row.node, row.passed, row.failed, row.skipped]);
	console.log(`\n${table}`);
	process.exitCode = rows.some(({ failed, passed }) => failed > 0 || passed === 0) ? 1 : 0;
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 2;
});
