'use strict';

const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..');

/** The examples, as people find them. */
module.exports = {
	files: readdirSync(join(ROOT, 'examples')),
	readme: readFileSync(join(ROOT, 'README.md'), 'utf8'),
	/** In bytes. @param {string} path */
	sizeOf: (path) => statSync(join(ROOT, path)).size,
};
