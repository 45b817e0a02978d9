const n8n = require('./jest.n8n.config');

/** The tests of n8n's editor, with the pictures of README and docs kept. @type {import('jest').Config} */
module.exports = {
	...n8n,
	testMatch: ['<rootDir>/test/n8n/editor*.test.ts', '<rootDir>/test/n8n/editor.pictures.ts'],
	globals: { TAKES_PICTURES: true },
	maxWorkers: 1,
};
