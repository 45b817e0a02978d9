'use strict';

const { existsSync } = require('node:fs');
const { createApi, signIn } = require('./api');
const { ensureInstall } = require('./install');
const { dataFolder, startInstance } = require('./instance');
const { ensureBuild } = require('./package');

/** For the sandbox alone: it listens on this machine only and is thrown away at the end. */
const OWNER = { email: 'owner@example.com', password: 'Clerk-sandbox-1' };

/**
 * @typedef {object} Host
 * @property {string} url
 * @property {string} version
 * @property {string} files the folder in which workflows may read and write files
 * @property {typeof OWNER} owner
 * @property {string} cookie of the owner's session
 * @property {import('./api').Api} api
 * @property {Promise<string>} untilEnd its last lines, should it end by itself
 * @property {() => Promise<void>} close
 * @property {(signal: 'SIGTERM' | 'SIGKILL') => Promise<void>} stop leaves its data
 * @property {() => Promise<void>} startAgain what was stopped, with the same data, at the same address
 */

/**
 * A real n8n with this package in it, an owner, and nothing else: its data is in a temporary folder.
 *
 * @param {object} [options]
 * @param {string} [options.packageDir] the built package: package.json and dist
 * @param {string[]} [options.otherPackages] those that it stands beside
 * @param {number} [options.port] free, or undefined for any
 * @param {import('./install').Installed} [options.install]
 * @param {NodeJS.ProcessEnv} [options.env] over the settings of the sandbox
 * @param {(text: string) => void} [options.onLog]
 * @returns {Promise<Host>}
 */
async function startN8n({ install: given, packageDir = ensureBuild(), ...options } = {}) {
	const install = given ?? (await ensureInstall());
	const { version } = install;
	// To make the tables of a new database takes half of the time of a start: it is done once.
	const data = options.env?.DB_TYPE ? undefined : dataFolder(version, OWNER, options.env);
	const instance = await startInstance({
		...options,
		packageDir,
		install,
		command: ['start'],
		// The paths of its health respond before the REST API exists, and for a moment every path
		// responds 200 with the text that n8n is starting up: only the settings themselves tell.
		readyPath: '/rest/settings',
		isReady: (settings) => Boolean(settings.data),
		data,
	});
	try {
		const cookie = await signIn(instance.url, OWNER);
		if (data && !existsSync(data)) await instance.keepData(data);
		return { ...instance, version, owner: OWNER, cookie, api: createApi(instance.url, cookie) };
	} catch (error) {
		await instance.close();
		throw error;
	}
}

module.exports = { startN8n };
