const n8n = require('./jest.n8n.config');

// Read by test/n8n/support/stage.js.
process.env.TAKES_PICTURES = 'true';

/** The tests of n8n's editor, which keep the pictures of README and docs then. @type {import('jest').Config} */
module.exports = {
	...n8n,
	testMatch: ['<rootDir>/test/n8n/editor*.test.ts', '<rootDir>/test/n8n/editor.pictures.ts'],
	maxWorkers: 1,
};
