'use strict';

const { cpSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { temporaryFolder } = require('../../sandbox/n8n/processes');
const { openN8n } = require('../lib/n8n');
const { clerkRename, httpRename } = require('../lib/nodes');
const { count, grouped, ms, seconds } = require('../lib/report');
const { median, medians, takingTurns, totals } = require('../lib/statistics');

const BARE = join(__dirname, '..', 'nodes', 'Bare.node.js');
const PACKAGE = 'n8n-nodes-bench';
const WANTED = 'Changed';
const FROM_ITEM = '={{ $json.firstName }}';

/** As many as Clerk grants a live key at once: no request waits. */
const SIZES = { small: { updates: 50, rounds: 1 }, whole: { updates: 1000, rounds: 9 } };

/** @param {Record<string, any>} parameters */
const bareNode = (parameters) => ({ type: `${PACKAGE}.bare`, typeVersion: 1, parameters });

/** @type {Record<string, (url: string) => import('../lib/n8n').Subject>} this node first */
const SUBJECTS = {
	Clerk: () => clerkRename(FROM_ITEM),
	'Bare call': () => bareNode({}),
	'Bare call, from a form': () =>
		bareNode({ fromForm: true, id: '={{ $json.id }}', firstName: FROM_ITEM }),
	'HTTP Request': (url) => httpRename(url, FROM_ITEM),
};

/** A package with the node of the scenario's own, as n8n wants one. @returns {string} its folder */
function packageOfBare() {
	const { folder } = temporaryFolder('bench');
	cpSync(BARE, join(folder, 'dist', 'Bare.node.js'));
	const n8n = { nodes: ['dist/Bare.node.js'], credentials: [] };
	const manifest = { name: PACKAGE, version: '1.0.0', n8n };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	return folder;
}

/** What the node adds to what n8n's helper costs. */
module.exports = {
	title: 'CPU that n8n spends on an item',

	sizes: SIZES,

	/** @param {typeof SIZES.whole} size @returns {Promise<import('../run').Findings>} */
	async run({ updates, rounds }) {
		const n8n = await openN8n([packageOfBare()]);
		const works = Object.values(SUBJECTS).map((subject) => async () => {
			const clerk = await n8n.openClerk({ users: updates, rateLimit: false });
			const input = clerk.ids.map((id) => ({ id, firstName: WANTED }));
			const run = await n8n.run(subject(clerk.url), input, clerk);
			const lost = await n8n.clerk.countLost(WANTED);
			return { cpuMs: run.cpuMs / updates, seconds: run.seconds, lost };
		});
		const measured = await takingTurns(rounds, works);
		const [, bare] = measured;
		// Within a round, since what slows the machine down for a while is in both of them.
		const over = measured.map((runs) =>
			runs === bare ? null : median(runs.map(({ cpuMs }, round) => cpuMs - bare[round].cpuMs)),
		);
		return {
			subjects: Object.keys(SUBJECTS),
			conditions: [
				...n8n.conditions,
				'no latency, no limit',
				'CPU is that of n8n’s process from the start of the workflow to its end',
				'the bare call gets the same options, and is made for as many items at once',
				'from a form: n8n works out the two expressions of each item, as for the other nodes',
				`medians of ${rounds} rounds`,
			],
			figures: [
				ms('CPU for an item', medians(measured, 'cpuMs')),
				ms('… over the bare call', over, 0.3),
				seconds(`${grouped(updates)} updates`, medians(measured, 'seconds')),
				count('… lost', totals(measured, 'lost'), 0),
			],
		};
	},
};
