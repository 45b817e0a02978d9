'use strict';

const { accessSync, constants, mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { delimiter, join } = require('node:path');
const { Advice } = require('../n8n/advice');
const { removeAtEnd, startProcess } = require('../n8n/processes');
const { until } = require('../n8n/until');

/**
 * @param {string} name of the program
 * @param {object} where
 * @param {string[]} [where.folders] looked into before PATH
 * @param {string} where.debian the package that has it
 * @returns {string} its whole path
 */
function findProgram(name, { folders = [], debian }) {
	for (const folder of [...folders, ...(process.env.PATH ?? '').split(delimiter)]) {
		const file = join(folder, name);
		try {
			accessSync(file, constants.X_OK);
			return file;
		} catch {
			continue;
		}
	}
	throw new Advice(
		`${name} is not installed. Install it with apt-get install ${debian} (or what your distribution calls it) and run it again.`,
	);
}

/** A temporary folder, gone when the process ends. @param {string} name */
function temporaryFolder(name) {
	const folder = mkdtempSync(join(tmpdir(), `n8n-clerk-${name}-`));
	return { folder, remove: removeAtEnd(folder) };
}

/**
 * Starts a program that serves until it is closed, and waits until its log says that it does.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {Omit<Parameters<typeof startProcess>[2], 'onOutput'> & { ready: RegExp }} options
 * @returns {Promise<() => Promise<void>>} what ends it
 */
async function startServer(file, args, { ready, ...options }) {
	let log = '';
	const server = startProcess(file, args, {
		...options,
		onOutput: (text) => {
			log = (log + text).slice(-4_000);
		},
	});
	const look = async () => {
		if (server.hasEnded()) throw new Error('It ended');
		return ready.test(log);
	};
	await until(look, file, { everyMs: 20 }).catch(async (cause) => {
		await server.close();
		throw new Error(`${file} did not start. Its last lines:\n${log}`, { cause });
	});
	return server.close;
}

module.exports = { findProgram, startServer, temporaryFolder };
