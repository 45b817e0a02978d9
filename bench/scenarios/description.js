'use strict';

const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { copyPackage } = require('../../sandbox/n8n/package');
const { removeAtEnd } = require('../../sandbox/n8n/processes');
const { BUDGETS } = require('../../scripts/gates/budgets');
const { prepared } = require('../lib/n8n');
const { bytes, count, lines, ms } = require('../lib/report');
const { operationLengths, tarball } = require('../lib/source');
const { lowest, median, medians, takingTurns } = require('../lib/statistics');
const { runOnce } = require('../lib/workers');

const LOADER = join(__dirname, '..', 'lib', 'loadInN8n.js');

/**
 * n8n's own nodes: what calls Clerk today, the closest relative, and the largest of all.
 *
 * @type {Record<string, { nodes: string[], credentials: string[] }>}
 */
const OTHERS = {
	'HTTP Request': { nodes: ['HttpRequest/HttpRequest'], credentials: [] },
	Okta: { nodes: ['Okta/Okta'], credentials: ['OktaApi'] },
	Notion: { nodes: ['Notion/Notion'], credentials: ['NotionApi'] },
};

/** @typedef {import('../lib/loadInN8n').Loaded} Loaded */

/** Whether it has to be read at all, how long that takes, and what the package is made of. */
module.exports = {
	title: 'What the node costs n8n before it does anything',

	sizes: { small: 1, whole: 15 },

	/** @param {number} rounds @returns {Promise<import('../run').Findings>} */
	async run(rounds) {
		const { install, packageDir } = await prepared();
		const { root, node: execPath, version } = install;
		const modules = mkdtempSync(join(tmpdir(), 'n8n-clerk-bench-'));
		removeAtEnd(modules);
		copyPackage(packageDir, modules);
		// As n8n does, so that a package finds n8n-workflow from wherever it is installed.
		const env = { NODE_PATH: join(root, 'node_modules') };
		const load = (/** @type {object} */ given) => async () =>
			/** @type {Loaded} */ (await runOnce(LOADER, { root, ...given }, { execPath, env }));
		const others = Object.values(OTHERS).map(({ nodes, credentials }) =>
			load({
				packageDir: join(root, 'node_modules', 'n8n-nodes-base'),
				only: {
					nodes: nodes.map((node) => `dist/nodes/${node}.node.js`),
					credentials: credentials.map((name) => `dist/credentials/${name}.credentials.js`),
				},
			}),
		);
		const own = load({ packageDir: join(modules, 'n8n-nodes-clerk') });
		const loaded = await takingTurns(rounds, [own, ...others]);
		const lengths = operationLengths();
		return {
			subjects: ['Clerk', ...Object.keys(OTHERS)],
			conditions: [`n8n ${version}`, `medians of ${rounds} fresh processes each`],
			figures: [
				count('Operations', medians(loaded, 'operations')),
				bytes('Description', medians(loaded, 'size'), BUDGETS.description.limit),
				ms('Building the description', medians(loaded, 'build'), 30),
				// What the machine does besides only ever makes a run longer.
				ms('The quickest of the builds', lowest(loaded, 'build')),
				ms('Loading the package', medians(loaded, 'load'), 150),
				ms('The quickest of the loads', lowest(loaded, 'load')),
				bytes('Tarball', [tarball().size], BUDGETS.tarball.limit),
				lines('Operation file, median', [median(lengths)], BUDGETS.operationFile.limit),
				lines('Operation file, largest', [Math.max(...lengths)]),
			],
		};
	},
};
