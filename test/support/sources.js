const { readdirSync, readFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const ts = require('typescript');

const ROOT = join(__dirname, '..', '..');

/** @type {(folder: string) => string[]} */
const below = (folder) =>
	readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		return entry.isDirectory() ? below(path) : [path];
	});

/** Returns the TypeScript files of a folder. @type {(folder: string) => Array<{ file: string, text: string }>} */
const sourcesOf = (folder) =>
	below(join(ROOT, folder))
		.filter((path) => path.endsWith('.ts'))
		.map((path) => ({
			file: relative(ROOT, path).split('\\').join('/'),
			text: readFileSync(path, 'utf8'),
		}));

/**
 * Returns code without its comments. TypeScript parses it, so `//` in a string is kept.
 *
 * @param {string} text
 */
const withoutComments = (text) =>
	ts
		.createPrinter({ removeComments: true })
		.printFile(ts.createSourceFile('source.ts', text, ts.ScriptTarget.ES2022));

module.exports = { sourcesOf, withoutComments };
