'use strict';

const { join } = require('node:path');
const { run } = require('./lib/run');

/**
 * What the author of an operation needs, in half a minute: `npm run test:quick`. Golden requests are
 * those of the resources that changed; `npm run test:quick -- user session` names them.
 */

/**
 * The tests that the author of an operation needs, by the names of their files: `whole` for all
 * operations, `each` for those of some resources.
 */
const TESTS = {
	whole: ['conformance', 'repository/operations', 'buildForm', 'names', 'docs'],
	each: ['golden', 'differential'],
};

/** The files that are not as on the main branch, committed or not. @returns {Promise<string[]>} */
async function changedFiles() {
	const branch = await run('git', ['merge-base', 'HEAD', 'origin/main']);
	const since = branch.code === 0 ? branch.stdout.trim() : 'HEAD';
	const [changed, added] = await Promise.all([
		run('git', ['diff', '--name-only', since]),
		run('git', ['ls-files', '--others', '--exclude-standard']),
	]);
	return `${changed.stdout}${added.stdout}`.split('\n').filter(Boolean);
}

/**
 * The resources whose operations send something else than before, as far as the names of the changed
 * files tell.
 *
 * @param {string[]} files
 * @returns {string[] | 'all'}
 */
function changedResources(files) {
	if (files.some((file) => /^nodes\/Clerk\/(engine|fields)\//.test(file))) return 'all';
	const named = files.flatMap((file) => {
		const [, folder, examples] =
			/^(?:nodes\/Clerk\/resources\/(\w+)\/|test\/examples\/(\w+)\.json)/.exec(file) ?? [];
		return folder ?? examples ?? [];
	});
	return [...new Set(named)].sort();
}

const tool = (/** @type {string[]} */ ...path) => join('node_modules', ...path);

/** Files by their names, wherever they are. @param {string[]} names @param {string[]} [options] */
const testsIn = (names, options = []) => [
	tool('jest', 'bin', 'jest.js'),
	...['--ci', '--runInBand', '--verbose=false', ...options],
	`/(${names.join('|')})\\.test\\.ts$`,
];

/** @param {string[] | 'all'} resources */
function operationTests(resources) {
	if (resources === 'all') return testsIn(TESTS.each);
	// What holds for all operations together, beside those of the resources.
	const general = ['every example', 'every operation', 'SDK lacks'];
	const each = resources.map((resource) => `\\b${resource}\\.`);
	return testsIn(TESTS.each, ['--testNamePattern', [...general, ...each].join('|')]);
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
		testsIn(TESTS.whole),
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

if (require.main === module) void main();

module.exports = { TESTS, changedResources };
