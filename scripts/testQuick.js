'use strict';

const { join } = require('node:path');
const { changedFiles, changedResources, TESTS } = require('./lib/quick');
const { run } = require('./lib/run');

/**
 * What the author of an operation needs, in half a minute: `npm run test:quick`. Golden requests are
 * those of the resources that changed; `npm run test:quick -- user session` names them.
 */

const tool = (/** @type {string[]} */ ...path) => join('node_modules', ...path);

/** Files by their names, wherever they are. @param {string[]} names @param {string[]} [options] */
const jest = (names, options = []) => [
	tool('jest', 'bin', 'jest.js'),
	...['--ci', '--runInBand', '--verbose=false', ...options],
	`/(${names.join('|')})\\.test\\.ts$`,
];

/** @param {string[] | 'all'} resources */
function operationTests(resources) {
	if (resources === 'all') return jest(TESTS.each);
	// What holds for all operations together, beside those of the resources.
	const general = ['every example', 'every operation', 'SDK lacks'];
	const each = resources.map((resource) => `\\b${resource}\\.`);
	return jest(TESTS.each, ['--testNamePattern', [...general, ...each].join('|')]);
}

/** Each with what it covers and how to run it. @param {string[] | 'all'} resources @returns {Array<[covers: string, args: string[]]>} */
const partsOf = (resources) => [
	[
		'types of nodes and credentials',
		[
			tool('typescript', 'bin', 'tsc'),
			...['-p', 'tsconfig.build.json', '--noEmit', '--incremental'],
			...['--tsBuildInfoFile', tool('.cache', 'n8n-nodes-clerk', 'types.tsbuildinfo')],
		],
	],
	[
		"every operation as Clerk's API has it (conformance), labels, no TODO left, the form, stored names, links of documents",
		jest(TESTS.whole),
	],
	[
		`golden requests, Clerk's SDK: ${
			resources === 'all' ? 'all resources' : resources.join(', ') || 'no resource changed'
		}`,
		operationTests(resources),
	],
	['generated documents', [tool('tsx', 'dist', 'cli.mjs'), 'scripts/docs.js', '--check']],
	['output schemas', [tool('tsx', 'dist', 'cli.mjs'), 'scripts/schemas.js', '--check']],
];

/** Only what did not pass. @param {string} output */
const complaints = (output) => output.slice(Math.max(0, output.indexOf('●'))).trim();

async function main() {
	const named = process.argv.slice(2);
	const resources = named.length > 0 ? named : changedResources(await changedFiles());
	const began = Date.now();
	const codes = await Promise.all(
		partsOf(resources).map(async ([covers, args]) => {
			const { code, output } = await run(process.execPath, args);
			const seconds = `${Math.round((Date.now() - began) / 1000)} s`;
			console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${seconds.padStart(4)}  ${covers}`);
			if (code !== 0) console.log(complaints(output).replace(/^/gm, '    '));
			return code;
		}),
	);
	console.log('\nLeft to npm test and npm run check: everything else.');
	process.exitCode = codes.some((code) => code !== 0) ? 1 : 0;
}

void main();
