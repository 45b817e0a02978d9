'use strict';

/**
 * A fresh process that has of n8n what loads nodes, and loads one package with it. The time is what
 * n8n's start takes longer because the package is there.
 */
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');

/**
 * @typedef {{ load: number, build: number, size: number, operations: number }} Loaded times in milliseconds, size in bytes
 *
 * @typedef {object} Given
 * @property {string} root where n8n is installed
 * @property {string} packageDir
 * @property {{ nodes: string[], credentials: string[] }} [only] of the package
 */

/** @param {{ version: number | number[] }} description */
const versionOf = ({ version }) => Math.max(...[version].flat());

/** @param {Given} given @returns {Promise<Loaded>} */
async function run({ root, packageDir, only }) {
	// n8n's modules are where n8n is installed, not where this file is. Its own packages of nodes need
	// what n8n has loaded long before it comes to them.
	const fromN8n = createRequire(join(root, 'node_modules', 'n8n', 'package.json'));
	const { PackageDirectoryLoader } = fromN8n('n8n-core');
	const loader = new PackageDirectoryLoader(packageDir);
	if (only) loader.packageJson.n8n = only;
	const { nodes, credentials } = loader.packageJson.n8n;

	let build = 0;
	const construct = loader.loadClass.bind(loader);
	loader.loadClass = (/** @type {string} */ file) => {
		const began = performance.now();
		const made = construct(file);
		// Credentials are made in the same way, and are no description of a node.
		if (nodes.includes(file)) build += performance.now() - began;
		return made;
	};

	const began = performance.now();
	for (const file of [...nodes, ...credentials]) require(resolve(packageDir, file));
	await loader.loadAll();
	const load = performance.now() - began;

	// Its first node, in the newest version: the one that a user adds.
	/** @type {any[]} */
	const all = loader.types.nodes;
	const versions = all.filter(({ name }) => name === all[0].name);
	const [newest] = versions.sort((a, b) => versionOf(b) - versionOf(a));
	/** @type {Array<{ name: string, options?: unknown[] }>} */
	const lists = newest.properties.filter((/** @type {any} */ { name }) => name === 'operation');
	const operations = lists.flatMap(({ options = [] }) => options).length;
	return { load, build, size: JSON.stringify(newest).length, operations };
}

module.exports = { run };
