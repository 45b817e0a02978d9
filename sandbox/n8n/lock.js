'use strict';

const { readFileSync, rmSync, writeFileSync } = require('node:fs');
const { setTimeout: sleep } = require('node:timers/promises');

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}

/** @param {string} file */
function ownerOf(file) {
	try {
		return Number(readFileSync(file, 'utf8'));
	} catch {
		return 0;
	}
}

/** @param {string} file */
function tryToOwn(file) {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
		return false;
	}
}

/**
 * Only one process at a time does the work. The file holds its owner's process id, so that what a
 * killed process left behind does not block the next one.
 *
 * @template T
 * @param {string} file
 * @param {() => void} onWait
 * @param {() => Promise<T>} work
 */
async function withLock(file, onWait, work) {
	for (let told = false; !tryToOwn(file);) {
		const owner = ownerOf(file);
		if (owner && !isAlive(owner)) {
			rmSync(file, { force: true });
			continue;
		}
		if (!told) onWait();
		told = true;
		await sleep(500);
	}
	const release = () => rmSync(file, { force: true });
	process.once('exit', release);
	try {
		return await work();
	} finally {
		process.off('exit', release);
		release();
	}
}

module.exports = { withLock };
