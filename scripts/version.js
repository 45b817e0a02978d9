'use strict';

const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Compares the names that workflows hold with those of the last release.
 *
 *     npm run version:next               prints the version that comes next, and why
 *     npm run version:next -- --check    says whether package.json's is high enough
 *
 * It needs no packages: the release workflow runs it before it installs any.
 */

const SNAPSHOT = 'test/names.snapshot.txt';
const SHOWN = 10;

/** @param {string} version @returns {number[]} */
function numbersOf(version) {
	const found = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(version);
	if (!found) throw new Error(`Not a version such as 1.2.3: ${version}`);
	return found.slice(1).map(Number);
}

/** By their numbers, so that 1.10.0 comes after 1.9.0. */
const { compare } = new Intl.Collator('en', { numeric: true });

/**
 * A name that went breaks the workflows that hold it, a new one gives them more. A changed name is
 * one that went and one that is new. Before 1.0.0, what breaks raises the minor number (semver.org, 4).
 *
 * @param {string} last the last release
 * @param {string[]} before its names
 * @param {string[]} now
 */
function nextVersion(last, before, now) {
	const removed = before.filter((name) => !now.includes(name));
	const added = now.filter((name) => !before.includes(name));
	const [major, minor, patch] = numbersOf(last);
	const breaks = removed.length > 0 && major > 0;
	const bump = breaks ? 'major' : removed.length + added.length > 0 ? 'minor' : 'patch';
	const version = {
		major: `${major + 1}.0.0`,
		minor: `${major}.${minor + 1}.0`,
		patch: `${major}.${minor}.${patch + 1}`,
	}[bump];
	return { version, bump, removed, added };
}

/** @param {string} text */
const linesOf = (text) => text.split('\n').filter(Boolean);

/** @param {string} file */
const read = (file) => readFileSync(join(process.cwd(), file), 'utf8');

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

/** The first of them. @param {string} sign @param {string[]} names */
function shown(sign, names) {
	const more = names.length > SHOWN ? [`… and ${names.length - SHOWN} more`] : [];
	return [...names.slice(0, SHOWN), ...more].map((line) => `${sign} ${line}`);
}

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

if (require.main === module) main();

module.exports = { nextVersion };
