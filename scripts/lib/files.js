'use strict';

const fs = require('node:fs');
const { dirname, join, relative } = require('node:path');

const ROOT = join(__dirname, '..', '..');

/** @param {string} path from the root @returns {any} */
const readJson = (path) => JSON.parse(fs.readFileSync(join(ROOT, path), 'utf8'));

/** @param {string} source a file or a URL */
async function readSource(source) {
	if (!/^https?:/.test(source)) return fs.readFileSync(source, 'utf8');
	const response = await fetch(source);
	if (!response.ok) throw new Error(`${source} responded with ${response.status}.`);
	return await response.text();
}

/** Returns the text of a file as Prettier writes it in this project. @param {string} file @param {string} text */
async function formatted(file, text) {
	// Jest cannot load it, and needs only the other functions.
	const prettier = await import('prettier');
	const options = await prettier.resolveConfig(file);
	return await prettier.format(text, { ...options, filepath: file });
}

/** @param {string} file @param {string} text @returns {Promise<string>} its path from the root */
async function writeFormatted(file, text) {
	fs.mkdirSync(dirname(file), { recursive: true });
	fs.writeFileSync(file, await formatted(file, text));
	return relative(ROOT, file);
}

/**
 * Writes generated files. With `--check`, only says which are out of date.
 *
 * @param {Map<string, string>} texts by the path of each file
 * @param {string} command that writes them
 * @param {string} [folder] that has nothing else in it
 */
async function generate(texts, command, folder = '') {
	const isCheck = process.argv.includes('--check');
	const present = fs.existsSync(folder)
		? fs.readdirSync(folder, { recursive: true, withFileTypes: true })
		: [];
	const stale = present
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => join(parentPath, name))
		.filter((file) => !texts.has(file));
	if (!isCheck) stale.forEach((file) => fs.rmSync(file));
	for (const [file, text] of texts) {
		const wanted = await formatted(file, text);
		if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === wanted) continue;
		stale.push(file);
		if (!isCheck) await writeFormatted(file, wanted);
	}
	const names = stale.map((file) => relative(ROOT, file));
	if (isCheck && stale.length > 0) {
		console.log(`Out of date: run "${command}".\n${names.join('\n')}`);
		process.exitCode = 1;
	}
}

/**
 * Returns the text with another part between `<!-- name -->` and `<!-- /name -->`: on lines of its own
 * where the first marker ends its line, otherwise within the line.
 *
 * @param {string} text
 * @param {string} name
 * @param {string} part
 */
function filledIn(text, name, part) {
	const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
	const [before, rest, ...again] = text.split(start);
	const after = rest?.split(end) ?? [];
	if (again.length > 0 || after.length !== 2) {
		throw new Error(`There must be one ${start} with one ${end} after it`);
	}
	const space = after[0].startsWith('\n') ? '\n\n' : '';
	return `${before}${start}${space}${part}${space}${end}${after[1]}`;
}

module.exports = { ROOT, filledIn, formatted, generate, readJson, readSource, writeFormatted };
