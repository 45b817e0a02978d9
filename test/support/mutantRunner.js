'use strict';

const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const TestRunner = require('jest-runner').default;

/**
 * Runs tests for Stryker: of a mutant only the files that have a test which reaches it, the quickest
 * first, until one fails. Stryker itself loads all files, and runs them to their end.
 */

/** @typedef {{ names: string[], ms: number }} Known what a file's tests are called, and took together without a mutant */
/** @typedef {import('jest-runner').Test} Test */

const isInStryker = process.env.STRYKER_MUTATOR_WORKER !== undefined;

/** In Stryker's copy of the project, where each of its processes finds it. @param {Test} test */
const fileBeside = ({ context }) => join(context.config.rootDir, '.tests.json');

module.exports = class MutantRunner extends TestRunner {
	/** @type {TestRunner['runTests']} */
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
			if (isOfMutant && hasFailed) return;
		}
		if (isInStryker && !isOfMutant) writeFileSync(fileBeside(tests[0]), JSON.stringify(known));
	}

	/** @param {Test[]} tests */
	reaching(tests) {
		const file = fileBeside(tests[0]);
		if (!existsSync(file)) return tests;
		/** @type {Record<string, Known>} */
		const known = JSON.parse(readFileSync(file, 'utf8'));
		const asked = new RegExp(this._globalConfig.testNamePattern ?? '', 'i');
		return tests
			.filter(({ path }) => known[path]?.names.some((name) => asked.test(name)) ?? true)
			.sort((one, other) => (known[one.path]?.ms ?? 0) - (known[other.path]?.ms ?? 0));
	}
};
