'use strict';

const { join } = require('node:path');
const { digestOf } = require('./lib/digest');
const { ROOT, readJson, readSource, writeFormatted } = require('./lib/files');
const { differencesOf } = require('./lib/specDiff');

/**
 * Follows Clerk's OpenAPI document.
 *
 *     npm run spec:digest -- <file or url>   writes its facts to spec/digest.json
 *     npm run spec:diff -- <file or url>     says what it has that the digest has not, and the reverse;
 *                                            exits with 0 for the same, 1 for different, 2 for no response
 */

const DIGEST = join('spec', 'digest.json');

/** @param {import('./lib/digest').Digest} digest */
async function write(digest) {
	await writeFormatted(join(ROOT, DIGEST), JSON.stringify(digest, undefined, '\t'));
	console.log(`${Object.keys(digest.operations).length} operations of version ${digest.version}`);
}

async function main() {
	const [command, source] = process.argv.slice(2);
	if (!['digest', 'diff'].includes(command) || !source) {
		throw new Error('npm run spec:digest -- <file or url>, or npm run spec:diff -- <file or url>');
	}
	const digest = digestOf(await readSource(source));
	if (command === 'digest') return await write(digest);
	const lines = differencesOf(readJson(DIGEST), digest);
	const sum = `${lines.length} ${lines.length === 1 ? 'difference' : 'differences'}`;
	console.log([...lines, sum].join('\n'));
	process.exitCode = lines.length > 0 ? 1 : 0;
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 2;
});
