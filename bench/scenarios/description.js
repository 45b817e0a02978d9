'use strict';

const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { copyPackage } = require('../../sandbox/n8n/package');
const { removeAtEnd } = require('../../sandbox/n8n/processes');
const { prepared } = require('../lib/n8n');
const { operationFiles, tarball } = require('../lib/source');
const {
	bytes,
	count,
	lines,
	lowest,
	median,
	medians,
	ms,
	takingTurns,
} = require('../lib/statistics');
const { runOnce } = require('../lib/workers');
const { BUDGETS } = require('../../scripts/gates/budgets');

const LOADER = join(__dirname, '..', 'lib', 'loadInN8n.js');
const RUNS = { small: 1, whole: 15 };

/**
 * n8n's own nodes: what calls Clerk today, the closest relative, and the largest of all.
 *
 * @type {Array<{ name: string, nodes: string[], credentials: string[] }>}
 */
const OTHERS = [
	{ name: 'HTTP Request', nodes: ['HttpRequest/HttpRequest'], credentials: [] },
	{ name: 'Okta', nodes: ['Okta/Okta'], credentials: ['OktaApi'] },
	{ name: 'Notion', nodes: ['Notion/Notion'], credentials: ['NotionApi'] },
];

/** @typedef {import('../lib/loadInN8n').Loaded} Loaded */

/** @param {{ name: string, nodes: string[], credentials: string[] }} other */
const inNodesBase = ({ nodes, credentials }) => ({
	nodes: nodes.map((node) => `dist/nodes/${node}.node.js`),
	credentials: credentials.map((name) => `dist/credentials/${name}.credentials.js`),
});

/** Whether it has to be read at all, how long that takes, and what the package is made of. */
module.exports = {
	title: 'What the node costs n8n before it does anything',

	sizes: RUNS,

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
		const nodesBase = join(root, 'node_modules', 'n8n-nodes-base');
		const loaded = await takingTurns(rounds, [
			load({ packageDir: join(modules, 'n8n-nodes-clerk') }),
			...OTHERS.map((other) => load({ packageDir: nodesBase, only: inNodesBase(other) })),
		]);
		return {
			subjects: ['Clerk', ...OTHERS.map(({ name }) => name)],
			conditions: [`n8n ${version}`, `medians of ${rounds} fresh processes each`],
			figures: [...figuresOfLoading(loaded), ...figuresOfSource()],
		};
	},
};

/** @param {Loaded[][]} loaded */
function figuresOfLoading(loaded) {
	const sizes = medians(loaded, 'size');
	const operations = medians(loaded, 'operations');
	const each = sizes.map((size, at) => (operations[at] ? Math.round(size / operations[at]) : null));
	return [
		count('Operations', operations),
		bytes('Description', sizes, BUDGETS.description.limit),
		bytes('Description, per operation', each),
		ms('Building the description', medians(loaded, 'build'), 30),
		// What the machine does besides only ever makes a run longer.
		ms('The quickest of the builds', lowest(loaded, 'build')),
		ms('Loading the package', medians(loaded, 'load'), 150),
		ms('The quickest of the loads', lowest(loaded, 'load')),
	];
}

function figuresOfSource() {
	const lengths = operationFiles().map((file) => file.lines);
	return [
		bytes('Tarball', [tarball().size], BUDGETS.tarball.limit),
		lines('Operation file, median', [median(lengths)], BUDGETS.operationFile.limit),
		lines('Operation file, largest', [Math.max(...lengths)]),
	];
}
