'use strict';

const { join } = require('node:path');
const { runChild, takingTurns } = require('../lib/children');
const { median } = require('../lib/statistics');

const SCRIPT = join(__dirname, '..', 'lib', 'compareUsers.js');
const SIZE = { small: { users: 2_000, rounds: 1 }, whole: { users: 100_000, rounds: 3 } };

/** Of what Return All takes for the same users. */
const MORE_AT_MOST = 1.3;

/** @typedef {{ seconds: number, cpuSeconds: number, before: number, peak: number, atLastPage: number }} Taken */

/** Whether a comparison takes little more than it takes to read, and keeps only what differs. */
module.exports = {
	title: 'A list compared with as many users',

	/** @param {{ small: boolean }} options @returns {Promise<import('../run').Findings>} */
	async run({ small }) {
		const { users, rounds } = small ? SIZE.small : SIZE.whole;
		const child = async (/** @type {'compare' | 'getAll'} */ work) =>
			await runChild(process.execPath, SCRIPT, { users, work }, { NODE_OPTIONS: '--import tsx' });
		/** @type {Taken[][]} */
		const all = await takingTurns(rounds, [() => child('compare'), () => child('getAll')]);
		const [, getAll] = all;
		const cpu = (/** @type {Taken[]} */ runs) => median(runs.map((run) => run.cpuSeconds));
		const over = (/** @type {'peak' | 'atLastPage'} */ key) =>
			all.map((runs) => Math.max(...runs.map((run) => run[key] - run.before)));
		return {
			subjects: ['Compare With a List', 'Return All'],
			conditions: [
				`Node ${process.version}, without n8n, each in a process of its own`,
				`${users.toLocaleString('en-US')} users and as many rows, compared by Updated At; of 1,000, one is missing, one changed and one gone`,
				'users made when they are asked for, as JSON that is parsed, in pages of 500',
				`medians of ${rounds} runs of each, in turns, after one that does not count`,
				'memory over what the process had before, which is the list for the comparison: at the last page without garbage, and the peak with it, looked at every 20 ms',
				`the limit is ${MORE_AT_MOST} × what Return All takes`,
			],
			figures: [
				{ name: 'CPU', unit: 's', values: all.map(cpu), limit: cpu(getAll) * MORE_AT_MOST },
				{
					name: 'Time',
					unit: 's',
					values: all.map((runs) => median(runs.map((run) => run.seconds))),
				},
				{ name: 'Memory at the last page', unit: 'bytes', values: over('atLastPage') },
				{ name: 'Peak of memory', unit: 'bytes', values: over('peak') },
			],
		};
	},
};
