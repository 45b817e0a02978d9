'use strict';

const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { copyPackage } = require('../../sandbox/n8n/package');
const { prepared } = require('../lib/n8n');
const { operationFiles, tarball } = require('../lib/source');
const { median, takingTurns } = require('../lib/statistics');
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

	/** @param {{ small: boolean }} options @returns {Promise<import('../run').Findings>} */
	async run({ small }) {
		const { install, packageDir } = await prepared();
		const { root, node: execPath, version } = install;
		const modules = mkdtempSync(join(tmpdir(), 'n8n-clerk-bench-'));
		const rounds = small ? RUNS.small : RUNS.whole;
		try {
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
		} finally {
			rmSync(modules, { recursive: true, force: true });
		}
	},
};

/** @param {Loaded[][]} loaded @returns {import('../run').Figure[]} */
function figuresOfLoading(loaded) {
	const all = (/** @type {keyof Loaded} */ key, of = median) =>
		loaded.map((runs) => of(runs.map((run) => run[key])));
	// What the machine does besides only ever makes a run longer.
	const quickest = (/** @type {number[]} */ times) => Math.min(...times);
	const [sizes, operations] = [all('size'), all('operations')];
	const each = sizes.map((size, index) =>
		operations[index] > 0 ? Math.round(size / operations[index]) : null,
	);
	return [
		{ name: 'Operations', unit: '', values: operations },
		{ name: 'Description', unit: 'bytes', values: sizes, limit: BUDGETS.description.limit },
		{ name: 'Description, per operation', unit: 'bytes', values: each },
		{ name: 'Building the description', unit: 'ms', values: all('build'), limit: 30 },
		{ name: 'The quickest of the builds', unit: 'ms', values: all('build', quickest) },
		{ name: 'Loading the package', unit: 'ms', values: all('load'), limit: 150 },
		{ name: 'The quickest of the loads', unit: 'ms', values: all('load', quickest) },
	];
}

/** @returns {import('../run').Figure[]} */
function figuresOfSource() {
	const lines = operationFiles().map((file) => file.lines);
	const own = (/** @type {number} */ value) => [value, ...OTHERS.map(() => null)];
	return [
		{ name: 'Tarball', unit: 'bytes', values: own(tarball().size), limit: BUDGETS.tarball.limit },
		{
			name: 'Operation file, median',
			unit: 'lines',
			values: own(median(lines)),
			limit: BUDGETS.operationFile.limit,
		},
		{ name: 'Operation file, largest', unit: 'lines', values: own(Math.max(...lines)) },
	];
}
