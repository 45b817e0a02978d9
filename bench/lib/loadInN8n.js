'use strict';

/**
 * A fresh process that has of n8n what loads nodes, and loads one package with it. The time is what
 * n8n's start takes longer because the package is there.
 */
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');

const { root, packageDir, only } = JSON.parse(process.argv[2]);

/** n8n's modules are where n8n is installed, not where this file is. */
const fromN8n = createRequire(join(root, 'node_modules', 'n8n', 'package.json'));

/** n8n's own packages of nodes need what n8n has loaded long before it comes to them. */
const { PackageDirectoryLoader } = fromN8n('n8n-core');

async function main() {
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

	/** Its first node, in the newest version: the one that a user adds. @type {any[]} */
	const all = loader.types.nodes;
	const description = all
		.filter(({ name }) => name === all[0].name)
		.reduce((newest, next) => (versionOf(next) > versionOf(newest) ? next : newest));
	console.log(
		JSON.stringify({
			load,
			build,
			size: JSON.stringify(description).length,
			operations: operationsOf(description),
		}),
	);
}

/** @param {{ version: number | number[] }} description */
const versionOf = ({ version }) => Math.max(...[version].flat());

/** @param {{ properties: Array<{ name: string, options?: unknown[] }> }} description */
const operationsOf = ({ properties }) =>
	properties
		.filter(({ name }) => name === 'operation')
		.reduce((total, { options = [] }) => total + options.length, 0);

void main();
