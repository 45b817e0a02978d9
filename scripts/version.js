'use strict';

const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { compare, nextVersion } = require('./lib/version');

/**
 * Compares the names that workflows hold with those of the last release.
 *
 *     npm run version:next               prints the version that comes next, and why
 *     npm run version:next -- --check    says whether package.json's is high enough
 */

const SNAPSHOT = 'test/names.snapshot.txt';
const SHOWN = 10;

/** @param {string} text */
const linesOf = (text) => text.split('\n').filter(Boolean);

/** @param {string} file */
const read = (file) => readFileSync(join(process.cwd(), file), 'utf8');

/** @param {string[]} args */
const git = (...args) =>
	execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1e8, stdio: 'pipe' }).trim();

/** The last release, but the one that this very commit may be. @param {string} version @returns {string | undefined} its tag */
function lastRelease(version) {
	try {
		return git(
			'describe',
			'--tags',
			'--abbrev=0',
			'--match',
			'v[0-9]*',
			'--exclude',
			`v${version}`,
		);
	} catch {
		return undefined;
	}
}

/** @param {string} sign @param {string[]} names */
const shown = (sign, names) => [
	...names.slice(0, SHOWN).map((name) => `${sign} ${name}`),
	...(names.length > SHOWN ? [`${sign} … and ${names.length - SHOWN} more`] : []),
];

function main() {
	const isCheck = process.argv.includes('--check');
	const { version } = JSON.parse(read('package.json'));
	const tag = lastRelease(isCheck ? version : '');
	if (!tag) {
		console.log(`${version}\nNothing is released yet, so it is the version of package.json.`);
		return;
	}
	const released = linesOf(git('show', `${tag}:${SNAPSHOT}`));
	const next = nextVersion(tag, released, linesOf(read(SNAPSHOT)));
	console.log(
		[
			next.version,
			`${next.bump}: since ${tag}, ${next.removed.length} names are gone and ${next.added.length} are new.`,
			...shown('-', next.removed),
			...shown('+', next.added),
		].join('\n'),
	);
	if (isCheck && compare(version, next.version) < 0) {
		console.log(`package.json says ${version}, which is too low.`);
		process.exitCode = 1;
	}
}

main();
