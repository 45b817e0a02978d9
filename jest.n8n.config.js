const base = require('./jest.config');

/** The tests that need a real n8n: one for each of two workers, since it takes ten seconds to start. @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/sandbox/n8n/testing/globalSetup.js',
	globalTeardown: '<rootDir>/sandbox/n8n/testing/globalTeardown.js',
	testTimeout: 120_000,
	testSequencer: '<rootDir>/sandbox/n8n/testing/sequencer.js',
	maxWorkers: 2,
	// Of the tests of a file that wait beside each other.
	maxConcurrency: 2,
};
