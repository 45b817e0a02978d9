'use strict';

const { join } = require('node:path');
const { ensureInstall } = require('../../sandbox/n8n/install');
const { copyPackage, ensureBuild } = require('../../sandbox/n8n/package');
const { temporaryFolder } = require('../../sandbox/n8n/processes');
const { BUDGETS } = require('../../scripts/gates/budgets');
const { bytes, count, lines, ms } = require('../lib/report');
const { operationLengths, tarball } = require('../lib/source');
const { lowest, median, medians, takingTurns } = require('../lib/statistics');
const { runOnce } = require('../lib/workers');

const LOADER = join(__dirname, '..', 'lib', 'loadInN8n.js');

/** @param {string} node of n8n-nodes-base @param {string[]} [credentials] */
const filesOf = (node, credentials = []) => ({
	nodes: [`dist/nodes/${node}/${node}.node.js`],
	credentials: credentials.map((name) => `dist/credentials/${name}.credentials.js`),
});

/** n8n's own nodes: what calls Clerk today, the closest relative, and the largest of all. */
const OTHERS = {
	'HTTP Request': filesOf('HttpRequest'),
	Okta: filesOf('Okta', ['OktaApi']),
	Notion: filesOf('Notion', ['NotionApi']),
};

/** @typedef {import('../lib/loadInN8n').Loaded} Loaded */

/** Whether it has to be read at all, how long that takes, and what the package is made of. */
module.exports = {
	title: 'What the node costs n8n before it does anything',

	sizes: { small: 1, whole: 15 },

	/** @param {number} rounds @returns {Promise<import('../run').Findings>} */
	async run(rounds) {
		const { root, node: execPath, version } = await ensureInstall();
		const { folder: modules } = temporaryFolder('bench');
		copyPackage(ensureBuild(), modules);
		// As n8n does, so that a package finds n8n-workflow from wherever it is installed.
		const env = { NODE_PATH: join(root, 'node_modules') };
		const load = (/** @type {object} */ given) => async () =>
			/** @type {Loaded} */ (await runOnce(LOADER, { root, ...given }, { execPath, env }));
		const nodesBase = join(root, 'node_modules', 'n8n-nodes-base');
		const others = Object.values(OTHERS).map((only) => load({ packageDir: nodesBase, only }));
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
