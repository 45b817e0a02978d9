'use strict';

const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const TestRunner = require('jest-runner').default;

/**
 * Runs tests for Stryker: for each mutant only the files with a test that reaches it, until one fails.
 * The file that killed the last mutant, which was nearby, comes first, then the fastest. Stryker itself
 * loads and runs all files, and selects tests by a pattern of all their names, which takes Jest longer
 * than the tests.
 */

/** @typedef {{ names: string[], ms: number }} TestFile the names of a file's tests, and their duration without a mutant */
/** @typedef {import('jest-runner').Test} Test */

/** The file that killed the last mutant. @type {string | undefined} */
let killedBy;

const isInStryker = process.env.STRYKER_MUTATOR_WORKER !== undefined;

/** Returns a file in Stryker's copy of the project, which all of its processes can read. @param {Test} test */
const timesFile = ({ context }) => join(context.config.rootDir, '.tests.json');

/** Returns the test names in Stryker's pattern. @param {string} pattern */
const namesIn = (pattern) =>
	new Set(
		pattern
			.slice(1, -1)
			.split(')|(')
			.map((name) => name.replace(/\\(.)/g, '$1')),
	);

module.exports = class MutantRunner extends TestRunner {
	/** @param {import('@jest/types').Config.GlobalConfig} globalConfig @param {import('jest-runner').TestRunnerContext} context */
	constructor(globalConfig, context) {
		super({ ...globalConfig, testNamePattern: undefined }, context);
		this.names = namesIn(globalConfig.testNamePattern ?? '');
	}

	/** @override @type {TestRunner['runTests']} */
	async runTests(tests, watcher, options) {
		if (tests.length === 0) return;
		const isOfMutant = process.env.__STRYKER_ACTIVE_MUTANT__ !== undefined;
		let hasFailed = false;
		/** @type {Record<string, TestFile>} */
		const known = {};
		this.on('test-file-failure', () => void (hasFailed = true));
		this.on('test-file-success', ([{ path }, { numFailingTests, perfStats, testResults }]) => {
			hasFailed ||= numFailingTests > 0;
			known[path] = { names: testResults.map(({ fullName }) => fullName), ms: perfStats.runtime };
		});
		for (const test of isOfMutant ? this.reaching(tests) : tests) {
			await super.runTests([test], watcher, options);
			if (!isOfMutant || !hasFailed) continue;
			killedBy = test.path;
			return;
		}
		if (isInStryker && !isOfMutant) writeFileSync(timesFile(tests[0]), JSON.stringify(known));
	}

	/** @param {Test[]} tests */
	reaching(tests) {
		const file = timesFile(tests[0]);
		if (!existsSync(file)) return tests;
		/** @type {Record<string, TestFile>} */
		const known = JSON.parse(readFileSync(file, 'utf8'));
		const reaches = (/** @type {TestFile} */ { names }) =>
			names.some((name) => this.names.has(name));
		/** @param {Test} test */
		const rank = ({ path }) => (path === killedBy ? -1 : (known[path]?.ms ?? 0));
		return tests
			.filter(({ path }) => !known[path] || reaches(known[path]))
			.sort((one, other) => rank(one) - rank(other));
	}
};
