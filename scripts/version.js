'use strict';

const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');

/**
 * Compares the names that workflows hold with those of the last release.
 *
 *     npm run version:next               prints the version that comes next, and why
 *     npm run version:next -- --check    says whether package.json's is high enough
 *
 * It needs no packages: the release workflow runs it before it installs any.
 */

const SNAPSHOT = 'test/names.snapshot.txt';

/** By their numbers, so that 1.10.0 comes after 1.9.0. */
const { compare } = new Intl.Collator('en', { numeric: true });

/**
 * A name that went breaks the workflows that hold it, a new one gives them more. A changed name is
 * one that went and one that is new. Before 1.0.0, what breaks raises the minor number (semver.org, 4).
 *
 * @param {string} last the last release
 * @param {string[]} changes of the names: `- gone`, `+ new`
 */
function nextVersion(last, changes) {
	const numbers = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(last)?.slice(1).map(Number);
	if (!numbers) throw new Error(`Not a version such as 1.2.3: ${last}`);
	const [major, minor, patch] = numbers;
	const breaks = changes.some((line) => line.startsWith('-'));
	if (breaks && major > 0) return { version: `${major + 1}.0.0`, bump: 'major' };
	if (changes.length > 0) return { version: `${major}.${minor + 1}.0`, bump: 'minor' };
	return { version: `${major}.${minor}.${patch + 1}`, bump: 'patch' };
}

/** @param {string[]} args */
const git = (...args) =>
	execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1e8, stdio: 'pipe' }).trim();

/** The last release, but the one that this very commit may be. @param {string} version @returns {string | undefined} its tag */
function lastRelease(version) {
	const but = ['--exclude', `v${version}`];
	try {
		return git('describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*', ...but);
	} catch {
		return undefined;
	}
}

/** In the order of the file. @param {string} tag @returns {string[]} */
const changesSince = (tag) =>
	git('diff', '--unified=0', tag, '--', SNAPSHOT)
		.split('\n')
		.filter((line) => /^[+-]\w/.test(line))
		.map((line) => line.replace(/^./, '$& '));

function main() {
	const isCheck = process.argv.includes('--check');
	const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
	const tag = lastRelease(isCheck ? version : '');
	if (!tag) {
		console.log(`${version}\nNothing is released yet, so it is the version of package.json.`);
		return;
	}
	const changes = changesSince(tag);
	const next = nextVersion(tag, changes);
	const gone = changes.filter((line) => line.startsWith('-')).length;
	console.log(next.version);
	console.log(
		`${next.bump}: since ${tag}, ${gone} names are gone and ${changes.length - gone} are new.`,
	);
	for (const line of changes) console.log(line);
	if (isCheck && compare(version, next.version) < 0) {
		console.log(`package.json says ${version}, which is too low.`);
		process.exitCode = 1;
	}
}

if (require.main === module) main();

module.exports = { nextVersion };
