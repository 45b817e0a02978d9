'use strict';

const fs = require('node:fs');
const { basename, dirname, join } = require('node:path');
const { Advice } = require('./advice');
const { removeAtEnd } = require('./processes');

/**
 * A folder of the cache is made beside its place, by a name that ends in the ID of the process, and
 * moved there when it is complete: what was interrupted never counts as one.
 *
 * @param {string} folder
 */
const partOf = (folder) => `${folder}.${process.pid}`;

/** Moves a complete part to its place. Where another process was faster, its folder stays. @param {string} part @param {string} folder */
function complete(part, folder) {
	try {
		fs.renameSync(part, folder);
	} catch (error) {
		// ENOTEMPTY, EEXIST, or EPERM on Windows.
		if (!fs.existsSync(folder)) throw error;
		fs.rmSync(part, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it belongs to another user.
		return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
	}
}

/** Removes the parts of a folder, and their logs, of processes that were killed. @param {string} folder */
function removeDeadParts(folder) {
	const cache = dirname(folder);
	if (!fs.existsSync(cache)) return;
	const others = fs.readdirSync(cache).filter((name) => name.startsWith(`${basename(folder)}.`));
	for (const name of others) {
		const [, pid] = /\.(\d+)(\.log)?$/.exec(name) ?? [];
		if (pid && !isAlive(Number(pid))) {
			fs.rmSync(join(cache, name), { recursive: true, force: true, maxRetries: 5 });
		}
	}
}

/**
 * Makes a folder of the cache, unless it is there.
 *
 * @param {string} folder
 * @param {(part: string) => Promise<void> | void} fill is given the empty folder
 */
async function makeOnce(folder, fill) {
	if (fs.existsSync(folder)) return;
	removeDeadParts(folder);
	const part = partOf(folder);
	try {
		fs.mkdirSync(part, { recursive: true });
	} catch (error) {
		throw new Advice(
			`${/** @type {Error} */ (error).message}. Make the folder yours, or name another one in N8N_CLERK_CACHE, and run it again.`,
		);
	}
	const removePart = removeAtEnd(part);
	try {
		await fill(part);
		complete(part, folder);
	} finally {
		removePart();
	}
}

module.exports = { complete, makeOnce, partOf, removeDeadParts };
