'use strict';

const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..');

/** The importable examples, and the page that shows them. */
module.exports = {
	files: readdirSync(join(ROOT, 'examples')),
	page: readFileSync(join(ROOT, 'docs', 'examples.md'), 'utf8'),
	/** Returns the size of a file in bytes. @param {string} path */
	sizeOf: (path) => statSync(join(ROOT, path)).size,
};
