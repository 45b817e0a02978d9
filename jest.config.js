/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/'],
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/sandbox/node_modules/'],
	reporters: ['default'],
	// Time is judged by benches; a busy machine is no failure.
	testTimeout: 30_000,
};
