'use strict';

const { spawnSync } = require('node:child_process');
const {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	writeFileSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** A cache folder in the temporary folder, with paths relative to it. */
function createCache() {
	const root = mkdtempSync(join(tmpdir(), 'n8n-clerk-cache-'));
	const at = (/** @type {string[]} */ ...names) => join(root, ...names);
	return {
		at,
		/** Makes a folder with one file. @param {string} path @param {string} file */
		make(path, file) {
			mkdirSync(path);
			writeFileSync(join(path, file), '');
		},
		/** @param {string} name */
		write: (name) => writeFileSync(at(name), ''),
		/** @param {string[]} names */
		list: (...names) => readdirSync(at(...names)).sort(),
		/** @param {string[]} names */
		has: (...names) => existsSync(at(...names)),
		remove: () => rmSync(root, { recursive: true }),
	};
}

/** Returns the ID of a process that has ended. */
const endedProcess = () => spawnSync(process.execPath, ['-e', '']).pid;

module.exports = { createCache, endedProcess, ownProcess: process.pid };
