const base = require('./jest.config');

/** The engine's own tests and hostile input, without what takes real time or thousands of requests: they run for every mutant. */
module.exports = {
	...base,
	// Stryker looks at each test from Jest's own context.
	testRunner: 'jest-circus/runner',
	testMatch: [
		'<rootDir>/test/engine/**/*.test.ts',
		'<rootDir>/test/hostile/{inputs,itemCredentials,locators,messages,responses,retryAfter,sameRecord,stop,values}.test.ts',
		'<rootDir>/test/integration/{cancel,members,set}.test.ts',
		'<rootDir>/test/repository/{formOrder,switches}.test.ts',
	],
	testPathIgnorePatterns: ['/node_modules/'],
	runner: '<rootDir>/test/support/mutantRunner.js',
};
