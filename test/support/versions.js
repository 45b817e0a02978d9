'use strict';

const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { ROOT } = require('./command');

const VERSIONS = join('sandbox', 'versions');

/** @param {string} folder @param {string} file @returns {any} */
const readJson = (folder, file) => JSON.parse(readFileSync(join(ROOT, folder, file), 'utf8'));

/** Returns the folders that the n8n versions of `npm run test:matrix` are installed from. */
const sandboxes = () =>
	['sandbox', ...readdirSync(join(ROOT, VERSIONS)).map((name) => join(VERSIONS, name))].map(
		(folder) => ({
			folder,
			requested: /** @type {string} */ (readJson(folder, 'package.json').dependencies.n8n),
			locked: /** @type {string} */ (
				readJson(folder, 'package-lock.json').packages['node_modules/n8n'].version
			),
		}),
	);

/** Returns the registry addresses in a lock file, of which there should be none. @param {string} folder */
const addressesIn = (folder) =>
	Object.values(readJson(folder, 'package-lock.json').packages).flatMap(
		({ resolved }) => resolved ?? [],
	);

/** Returns the n8n versions that the documentation lists as tested. */
function namedInDocs() {
	const [, after = ''] = readFileSync(join(ROOT, 'docs', 'self-hosted.md'), 'utf8').split(
		'The same end-to-end tests pass in these versions:\n\n',
	);
	const [table] = after.split('\n\n');
	return [...table.matchAll(/^\| (\d[\d.]*) /gm)].map(([, version]) => version);
}

module.exports = { addressesIn, namedInDocs, sandboxes };
