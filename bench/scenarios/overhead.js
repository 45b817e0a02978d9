'use strict';

const { join } = require('node:path');
const { openRealN8n, ownNode } = require('../lib/realN8n');
const { clerkNode, httpNode } = require('../lib/renaming');
const { grouped, median, takingTurns } = require('../lib/statistics');

const BARE = join(__dirname, '..', 'nodes', 'Bare.node.js');
const WANTED = 'Changed';
const FROM_ITEM = '={{ $json.firstName }}';

/** As many as Clerk grants a live key at once: no request waits. */
const SIZES = { small: { updates: 50, rounds: 1 }, whole: { updates: 1000, rounds: 9 } };

/** @type {Record<string, (url: string) => import('../lib/realN8n').Subject>} this node first */
const SUBJECTS = {
	Clerk: () => clerkNode(FROM_ITEM),
	'Bare call': () => ({ ...ownNode('bare'), parameters: {} }),
	'Bare call, from a form': () => ({
		...ownNode('bare'),
		parameters: {
			fromForm: true,
			userId: '={{ $json.id }}',
			firstName: FROM_ITEM,
		},
	}),
	'HTTP Request': (url) => httpNode(url, FROM_ITEM),
};

/** What the node adds to what n8n's helper costs. */
module.exports = {
	title: 'CPU that n8n spends on an item',

	/** @param {{ small: boolean }} options @returns {Promise<import('../run').Findings>} */
	async run({ small }) {
		const { updates, rounds } = SIZES[small ? 'small' : 'whole'];
		const n8n = await openRealN8n({ nodes: [BARE] });
		try {
			const works = Object.values(SUBJECTS).map((subject) => async () => {
				const { url, credential } = await n8n.openClerk({ users: updates, rateLimit: false });
				const users = await n8n.clerk.users();
				const input = users.map(({ id }) => ({ id, firstName: WANTED }));
				const { cpuMs, seconds } = await n8n.run(subject(url), input, credential);
				const stored = await n8n.clerk.users();
				const lost = stored.filter(({ firstName }) => firstName !== WANTED).length;
				return { cpuMs: cpuMs / updates, seconds, lost };
			});
			const measured = await takingTurns(rounds, works);
			return {
				subjects: Object.keys(SUBJECTS),
				conditions: [
					...n8n.conditions,
					'no latency',
					'no limit',
					'CPU is that of n8n’s process from the start of the workflow to its end',
					'the bare call gets the same options, and is made for as many items at once',
					'from a form: n8n works out the two expressions of each item, as for the other nodes',
					`medians of ${rounds} rounds`,
				],
				figures: figuresOf(measured, updates),
			};
		} finally {
			await n8n.close();
		}
	},
};

/**
 * @param {Array<Array<{ cpuMs: number, seconds: number, lost: number }>>} measured
 * @param {number} updates
 * @returns {import('../run').Figure[]}
 */
function figuresOf(measured, updates) {
	const [, bare] = measured;
	// Within a round, since what slows the machine down for a while is in both of them.
	const over = measured.map((runs) =>
		median(runs.map(({ cpuMs }, round) => cpuMs - bare[round].cpuMs)),
	);
	return [
		{
			name: 'CPU for an item',
			unit: 'ms',
			values: measured.map((runs) => median(runs.map(({ cpuMs }) => cpuMs))),
		},
		{
			name: '… over the bare call',
			unit: 'ms',
			values: over.map((value, subject) => (measured[subject] === bare ? null : value)),
			limit: 0.3,
		},
		{
			name: `${grouped(updates)} updates`,
			unit: 's',
			values: measured.map((runs) => median(runs.map(({ seconds }) => seconds))),
		},
		{
			name: '… lost',
			unit: '',
			values: measured.map((runs) => runs.reduce((total, { lost }) => total + lost, 0)),
			limit: 0,
		},
	];
}
