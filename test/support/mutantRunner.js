'use strict';

const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const TestRunner = require('jest-runner').default;

/**
 * Runs tests for Stryker: of a mutant only the files that have a test which reaches it, until one
 * fails. First the one that noticed the last mutant, which stood nearby; then the quickest. Stryker itself loads all files, runs them to their end, and chooses tests by
 * a pattern of all their names, which takes Jest longer than the tests.
 */

/** @typedef {{ names: string[], ms: number }} Known what a file's tests are called, and took together without a mutant */
/** @typedef {import('jest-runner').Test} Test */

/** The file that noticed the last mutant. @type {string | undefined} */
let noticedBy;

const isInStryker = process.env.STRYKER_MUTATOR_WORKER !== undefined;

/** In Stryker's copy of the project, where each of its processes finds it. @param {Test} test */
const fileBeside = ({ context }) => join(context.config.rootDir, '.tests.json');

/** The names that Stryker made a pattern of. @param {string} pattern */
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
		this.asked = namesIn(globalConfig.testNamePattern ?? '');
	}

	/** @override @type {TestRunner['runTests']} */
	async runTests(tests, watcher, options) {
		if (tests.length === 0) return;
		const isOfMutant = process.env.__STRYKER_ACTIVE_MUTANT__ !== undefined;
		let hasFailed = false;
		/** @type {Record<string, Known>} */
		const known = {};
		this.on('test-file-failure', () => void (hasFailed = true));
		this.on('test-file-success', ([{ path }, { numFailingTests, perfStats, testResults }]) => {
			hasFailed ||= numFailingTests > 0;
			known[path] = { names: testResults.map(({ fullName }) => fullName), ms: perfStats.runtime };
		});
		for (const test of isOfMutant ? this.reaching(tests) : tests) {
			await super.runTests([test], watcher, options);
			if (!isOfMutant || !hasFailed) continue;
			noticedBy = test.path;
			return;
		}
		if (isInStryker && !isOfMutant) writeFileSync(fileBeside(tests[0]), JSON.stringify(known));
	}

	/** @param {Test[]} tests */
	reaching(tests) {
		const file = fileBeside(tests[0]);
		if (!existsSync(file)) return tests;
		/** @type {Record<string, Known>} */
		const known = JSON.parse(readFileSync(file, 'utf8'));
		const reaches = (/** @type {Known} */ { names }) => names.some((name) => this.asked.has(name));
		/** @param {Test} test */
		const rank = ({ path }) => (path === noticedBy ? -1 : (known[path]?.ms ?? 0));
		return tests
			.filter(({ path }) => !known[path] || reaches(known[path]))
			.sort((one, other) => rank(one) - rank(other));
	}
};
