'use strict';

const { spawnSync } = require('node:child_process');
const { readdirSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { lockedPackages } = require('./install');

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
	...['agent', 'cancel', 'credential', 'errorItems', 'everyResource', 'examples', 'forms'],
	...['hostileNetwork', 'itemCredentials', 'node', 'tables', 'trigger', 'uploads'],
];

/** @type {Record<string, string>} the folder of each version, the oldest first */
const FOLDERS = {};
const byNumber = new Intl.Collator('en', { numeric: true }).compare;
for (const name of readdirSync(VERSIONS).sort(byNumber)) FOLDERS[name] = join(VERSIONS, name);
FOLDERS[lockedPackages(SANDBOX)['node_modules/n8n'].version ?? ''] = SANDBOX;

/** @param {string} version */
function test(version) {
	console.log(`\nn8n ${version}`);
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const args = ['-c', 'jest.n8n.config.js', '--ci', `test/n8n/(${TESTS.join('|')})\\.`];
	const env = { ...process.env, N8N_SANDBOX_DIR: FOLDERS[version] };
	const { status } = spawnSync(process.execPath, [jest, ...args], {
		cwd: ROOT,
		env,
		stdio: 'inherit',
	});
	return status === 0;
}

// With `N8N_INSTALLED` that n8n is used, whatever the folder.
const known = process.env.N8N_INSTALLED ? ['installed'] : Object.keys(FOLDERS);
const asked = process.argv.slice(2);
const unknown = asked.filter((version) => !known.includes(version));
if (unknown.length > 0) {
	console.error(`There is no n8n ${unknown.join(', ')} here, only ${known.join(', ')}.`);
	process.exit(2);
}
const failed = (asked.length > 0 ? asked : known).filter((version) => !test(version));
if (failed.length > 0) {
	console.error(`\nNot passed in n8n ${failed.join(', ')}`);
	process.exit(1);
}
