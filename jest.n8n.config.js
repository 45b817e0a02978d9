const base = require('./jest.config');

/** The tests that need the sandbox's real n8n: slow to start, so one after the other. @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	testTimeout: 120_000,
};
