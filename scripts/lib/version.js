'use strict';

/**
 * Which version comes next, by the names that saved workflows hold. Pure: two snapshots in, a version out.
 *
 * @typedef {object} Next
 * @property {string} version
 * @property {'major' | 'minor' | 'patch'} bump
 * @property {string[]} removed @property {string[]} added names
 */

/** @param {string} version @returns {number[]} */
function numbersOf(version) {
	const found = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(version);
	if (!found) throw new Error(`Not a version such as 1.2.3: ${version}`);
	return found.slice(1).map(Number);
}

/** Below zero where `a` is the older one. @param {string} a @param {string} b */
function compare(a, b) {
	const ofB = numbersOf(b);
	const differences = numbersOf(a).map((number, at) => number - ofB[at]);
	return differences.find((difference) => difference !== 0) ?? 0;
}

/** @param {string} version @param {Next['bump']} bump */
function raised(version, bump) {
	const [major, minor, patch] = numbersOf(version);
	if (bump === 'major') return `${major + 1}.0.0`;
	return bump === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/**
 * A name that went breaks the workflows that hold it, a new one gives them more. A changed name is
 * one that went and one that is new. Before 1.0.0, what breaks raises the minor number (semver.org, 4).
 *
 * @param {string} version the last release
 * @param {string[]} before its names
 * @param {string[]} now
 * @returns {Next}
 */
function nextVersion(version, before, now) {
	const removed = before.filter((name) => !now.includes(name));
	const added = now.filter((name) => !before.includes(name));
	const isStable = numbersOf(version)[0] > 0;
	const bump =
		removed.length > 0 && isStable
			? 'major'
			: removed.length + added.length > 0
				? 'minor'
				: 'patch';
	return { version: raised(version, bump), bump, removed, added };
}

module.exports = { compare, nextVersion };
