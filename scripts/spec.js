'use strict';

const { readFileSync, writeFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { join } = require('node:path');
const { format, resolveConfig } = require('prettier');
const { digestOf } = require('./lib/digest');
const { differencesOf } = require('./lib/specDiff');

/**
 * Follows Clerk's OpenAPI document.
 *
 *     npm run spec:digest -- <file or url>   writes its facts to spec/digest.json
 *     npm run spec:diff -- <file or url>     says what it has that the digest has not, and the reverse;
 *                                            exits with 0 for the same, 1 for different, 2 for no response
 */

const DIGEST = join(__dirname, '..', 'spec', 'digest.json');

/** @param {string} source */
async function read(source) {
	if (!/^https?:/.test(source)) return await readFile(source, 'utf8');
	const response = await fetch(source);
	if (!response.ok) throw new Error(`${source} answered ${response.status}.`);
	return await response.text();
}

/** @param {import('./lib/digest').Digest} digest */
async function write(digest) {
	const options = await resolveConfig(DIGEST);
	const text = JSON.stringify(digest, undefined, '\t');
	writeFileSync(DIGEST, await format(text, { ...options, filepath: DIGEST }));
	console.log(`${Object.keys(digest.operations).length} operations of version ${digest.version}`);
}

async function main() {
	const [command, source] = process.argv.slice(2);
	if (!['digest', 'diff'].includes(command) || !source) {
		throw new Error('npm run spec:digest -- <file or url>, or npm run spec:diff -- <file or url>');
	}
	const digest = digestOf(await read(source));
	if (command === 'digest') return await write(digest);
	const lines = differencesOf(JSON.parse(readFileSync(DIGEST, 'utf8')), digest);
	const sum = `${lines.length} ${lines.length === 1 ? 'difference' : 'differences'}`;
	console.log([...lines, sum].join('\n'));
	process.exitCode = lines.length > 0 ? 1 : 0;
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 2;
});
