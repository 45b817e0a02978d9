'use strict';

const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { differenceOf, readNames, SNAPSHOT } = require('./lib/names');

/**
 * Shows how the names that workflows hold differ from the snapshot, `npm run names`, and takes them
 * over, `npm run names -- --write`.
 */

const before = existsSync(SNAPSHOT)
	? readFileSync(SNAPSHOT, 'utf8').split('\n').filter(Boolean)
	: [];
const now = readNames();
const difference = differenceOf(before, now);

if (process.argv.includes('--write')) {
	writeFileSync(SNAPSHOT, `${now.join('\n')}\n`);
	console.log(`${now.length} names`);
} else {
	console.log(difference || `${now.length} names, all as in the snapshot`);
	process.exitCode = difference ? 1 : 0;
}
