'use strict';

const { join } = require('node:path');
const { run } = require('./lib/run');

/** What the author of an operation needs, in half a minute: `npm run test:quick`. */

/** The tests, by the names of their files. */
const TESTS = {
	operations: ['conformance', 'repository/operations', 'buildForm', 'names', 'docs'],
	requests: ['golden', 'differential'],
};

const tool = (/** @type {string[]} */ ...path) => join('node_modules', ...path);

/** @param {string[]} names */
const tests = (names) => [
	tool('jest', 'bin', 'jest.js'),
	...['--ci', '--runInBand', '--verbose=false', `/(${names.join('|')})\\.test\\.ts$`],
];

/** @param {string} script */
const check = (script) => [tool('tsx', 'dist', 'cli.mjs'), script, '--check'];

/** What each covers, and how to run it. */
const PARTS = {
	'types of nodes and credentials': [
		tool('typescript', 'bin', 'tsc'),
		...['-p', 'tsconfig.build.json', '--noEmit', '--incremental'],
		...['--tsBuildInfoFile', tool('.cache', 'n8n-nodes-clerk', 'types.tsbuildinfo')],
	],
	"every operation as Clerk's API has it (conformance), labels, no TODO left, the form, stored names, links of documents":
		tests(TESTS.operations),
	"golden requests, Clerk's SDK": tests(TESTS.requests),
	'generated documents': check('scripts/docs.js'),
	'output schemas': check('scripts/schemas.js'),
};

async function main() {
	const began = Date.now();
	const parts = Object.entries(PARTS).map(async ([covers, args]) => {
		const { code, output } = await run(process.execPath, args);
		const seconds = `${Math.round((Date.now() - began) / 1000)} s`;
		console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${seconds.padStart(4)}  ${covers}`);
		if (code === 0) return;
		process.exitCode = 1;
		// Only what did not pass.
		console.log(
			output
				.slice(Math.max(0, output.indexOf('●')))
				.trim()
				.replace(/^/gm, '    '),
		);
	});
	await Promise.all(parts);
	console.log('\nLeft to npm test and npm run check: everything else.');
}

if (require.main === module) void main();

module.exports = { TESTS };
