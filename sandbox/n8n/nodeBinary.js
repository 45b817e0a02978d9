'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Advice } = require('./advice');

/**
 * @typedef {{ engines?: { node?: string }, version?: string, os?: string[], cpu?: string[], bin?: Record<string, string> }} LockedPackage
 * @typedef {{ major: number, packaged?: { name: string, bin: string } }} NodeChoice
 */

/**
 * @param {string} dir a folder with a lock file
 * @returns {Record<string, LockedPackage>}
 */
function lockedPackages(dir) {
	return JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8')).packages;
}

/**
 * n8n wants a newer Node than this package does. The machine's own is taken when it is new enough,
 * else the one that the lock file carries as an npm package.
 *
 * @param {Record<string, LockedPackage>} packages
 * @returns {NodeChoice}
 */
function chooseNode(packages) {
	const n8n = packages['node_modules/n8n'];
	const wanted = Number(/\d+/.exec(n8n?.engines?.node ?? '')?.[0] ?? 0);
	const here = Number(process.versions.node.split('.')[0]);
	if (here >= wanted) return { major: here };

	const found = Object.entries(packages).find(
		([, { os, cpu, bin }]) =>
			bin?.node && os?.includes(process.platform) && cpu?.includes(process.arch),
	);
	if (!found) {
		throw new Advice(
			`n8n ${n8n?.version} needs Node ${wanted} and this is Node ${here}. Install Node ${wanted} or newer (https://nodejs.org) and run it again.`,
		);
	}
	const [path, { bin = {}, version = '' }] = found;
	return {
		major: Number(version.split('.')[0]),
		packaged: { name: path.replace('node_modules/', ''), bin: bin.node },
	};
}

/**
 * @param {string} root where the lock file was installed
 * @param {NodeChoice} choice
 */
function nodePath(root, { packaged }) {
	return packaged ? join(root, 'node_modules', packaged.name, packaged.bin) : process.execPath;
}

/**
 * Where node-gyp finds the headers of the chosen Node, when they are not those of the Node that
 * runs npm. A module built with the wrong ones loads, and crashes later.
 *
 * @param {string} root
 * @param {NodeChoice} choice
 */
function headersPath(root, { packaged }) {
	const folder = packaged && join(root, 'node_modules', packaged.name);
	return folder && existsSync(join(folder, 'include', 'node')) ? folder : undefined;
}

module.exports = { lockedPackages, chooseNode, nodePath, headersPath };
