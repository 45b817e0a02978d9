'use strict';

const { join } = require('node:path');
const { digestOf } = require('./lib/digest');
const { ROOT, readSource, writeFormatted } = require('./lib/files');

/**
 * Takes over Clerk's OpenAPI document: `npm run spec:digest -- <file or url>` writes its facts to
 * `spec/digest.json`. `npm run spec:watch -- bapi=<file or url>` says before what that changes.
 */

async function main() {
	const [source] = process.argv.slice(2);
	if (!source) throw new Error('npm run spec:digest -- <file or url>');
	const digest = digestOf(await readSource(source));
	const text = JSON.stringify(digest, undefined, '\t');
	await writeFormatted(join(ROOT, 'spec', 'digest.json'), text);
	console.log(`${Object.keys(digest.operations).length} operations of version ${digest.version}`);
}

main().catch((error) => {
	console.error(error.message);
	process.exitCode = 2;
});
