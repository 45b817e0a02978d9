'use strict';

const { spawnSync } = require('node:child_process');
const { readdirSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');
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

/** Only the one that `N8N_INSTALLED` names, if it names one. @returns {Promise<Array<{ version: string, dir: string }>>} oldest first */
async function supported() {
	if (process.env.N8N_INSTALLED) {
		return [{ dir: SANDBOX, version: (await ensureInstall()).version }];
	}
	return [...readdirSync(VERSIONS).map((name) => join(VERSIONS, name)), SANDBOX]
		.map((dir) => ({ dir, version: lockedPackages(dir)['node_modules/n8n'].version ?? '' }))
		.sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
}

/** @param {{ version: string, dir: string }} n8n @returns {Record<string, string | number>} a row of the result */
function test({ version, dir }) {
	console.log(`\nn8n ${version}`);
	const file = join(tmpdir(), `n8n-clerk-matrix-${process.pid}-${version}.json`);
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const pattern = `test/n8n/(${TESTS.join('|')})\\.`;
	const args = ['-c', 'jest.n8n.config.js', '--ci', '--json', `--outputFile=${file}`, pattern];
	spawnSync(process.execPath, [jest, ...args], {
		cwd: ROOT,
		env: { ...process.env, N8N_SANDBOX_DIR: dir },
		// What it prints on stdout is the result once more.
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	try {
		const result = JSON.parse(readFileSync(file, 'utf8'));
		const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
		return { n8n: version, passed: result.numPassedTests, failed, skipped: result.numPendingTests };
	} catch {
		// It did not start; the others are still worth knowing.
		return { n8n: version, passed: 0, failed: 1, skipped: 0 };
	} finally {
		rmSync(file, { force: true });
	}
}

async function main() {
	const all = await supported();
	const asked = process.argv.slice(2);
	const known = all.map(({ version }) => version);
	const unknown = asked.filter((name) => !known.includes(name));
	if (unknown.length > 0) {
		throw new Error(`There is no n8n ${unknown.join(', ')} here, only ${known.join(', ')}.`);
	}
	const rows = all
		.filter(({ version }) => asked.length === 0 || asked.includes(version))
		.map((n8n) => test(n8n));
	console.table(rows);
	process.exitCode = rows.some(({ failed, passed }) => failed !== 0 || passed === 0) ? 1 : 0;
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 2;
});
