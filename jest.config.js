const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testRunner: '<rootDir>/test/support/testRunner.js',
	setupFilesAfterEnv: ['<rootDir>/test/support/fastCheck.js'],
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/n8n/'],
	// `npm run typecheck` looks at the types.
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/sandbox/node_modules/'],
	// Some files wait where others compute: more at once than there are cores.
	maxWorkers: Math.ceil(availableParallelism() * 1.5),
	reporters: ['default'],
	// Time is judged by benches; a busy machine is no failure.
	testTimeout: 30_000,
};
