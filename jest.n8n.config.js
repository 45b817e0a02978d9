const base = require('./jest.config');

/** The tests that need a real n8n: one for each of two workers, since it takes ten seconds to start. @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/n8n/support/globalSetup.js',
	globalTeardown: '<rootDir>/test/n8n/support/globalTeardown.js',
	testTimeout: 120_000,
	testSequencer: '<rootDir>/test/n8n/support/sequencer.js',
	maxWorkers: 2,
	// Of the tests of a file that wait beside each other.
	maxConcurrency: 2,
};
