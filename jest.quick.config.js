const base = require('./jest.config');

/** What the author of an operation needs: `npm run test:quick`. */
module.exports = {
	...base,
	testMatch: [
		'<rootDir>/test/repository/conformance.test.ts',
		'<rootDir>/test/repository/operations.test.ts',
		'<rootDir>/test/engine/form/buildForm.test.ts',
		'<rootDir>/test/repository/names.test.ts',
		'<rootDir>/test/repository/docs.test.ts',
		'<rootDir>/test/repository/golden.test.ts',
		'<rootDir>/test/integration/differential.test.ts',
	],
};
