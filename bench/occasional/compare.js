'use strict';

const { join } = require('node:path');
const { startClerk } = require('../../sandbox/clerk');
const { startN8n } = require('../../sandbox/n8n/host');
const { openN8n } = require('../../sandbox/n8n/testing');
const { prepared } = require('../lib/n8n');
const {
	bytes,
	count,
	grouped,
	highest,
	medians,
	seconds,
	takingTurns,
} = require('../lib/statistics');
const { WITH_TSX, runOnce } = require('../lib/workers');
const { addTrouble, runJob } = require('./lib/bigJobs');

const COMPARE_USERS = join(__dirname, 'lib', 'compareUsers.js');

const SIZES = {
	small: { users: 2_000, rounds: 1, inN8n: 600 },
	whole: { users: 100_000, rounds: 3, inN8n: 10_000 },
};

/** Of what Return All takes for the same users. */
const MORE_AT_MOST = 1.3;

/** @typedef {import('./lib/compareUsers').Taken} Taken */

/** Whether a comparison takes little more than reading, and keeps only the differences. */
module.exports = {
	title: 'A list compared with as many users',

	sizes: SIZES,

	/** @param {typeof SIZES.whole} size @returns {Promise<import('../run').Findings>} */
	async run({ users, rounds, inN8n }) {
		const all = await takingTurns(rounds, [
			() => runOnce(COMPARE_USERS, { users, work: 'compare' }, WITH_TSX),
			() => runOnce(COMPARE_USERS, { users, work: 'getAll' }, WITH_TSX),
		]);
		const real = await figuresInN8n(inN8n);
		const many = grouped(users);
		return {
			subjects: ['Compare With a List', 'Return All', 'Find by Metadata'],
			conditions: [
				`${many} users: in Node ${process.version} without n8n, each in a process of its own; made when they are asked for, as JSON that is parsed, in pages of 500; medians of ${rounds} runs of each, in turns, after one that does not count`,
				'as many rows, compared by Updated At; of 1,000, one is missing, one changed and one gone',
				'memory over what the process had before, which is the list for the comparison: at the last page without garbage, and the peak with it, looked at every 20 ms',
				`the limit is ${MORE_AT_MOST} × what Return All takes`,
				...real.conditions,
			],
			figures: [...figuresOf(`${many} users`, all), ...real.figures],
		};
	},
};

/** @param {string} name @param {Taken[][]} taken */
function figuresOf(name, taken) {
	const all = taken.map((runs) =>
		runs.map(({ cpuMs, heap, atLastPage, ...run }) => ({
			seconds: run.seconds,
			cpu: cpuMs / 1000,
			atLastPage: atLastPage - heap.before,
			peak: heap.peak - heap.before,
		})),
	);
	const cpu = medians(all, 'cpu');
	return [
		seconds(`${name}: CPU`, cpu, cpu[1] * MORE_AT_MOST),
		seconds('– time', medians(all, 'seconds')),
		bytes('– memory at the last page', highest(all, 'atLastPage')),
		bytes('– peak of memory', highest(all, 'peak')),
	];
}

/** In a real n8n, at Clerk's limit, on a good and on a bad day. @param {number} users */
async function figuresInN8n(users) {
	const host = await startN8n(await prepared());
	const clerk = await startClerk({ seed: { users } });
	const n8n = await openN8n({ ...clerk, secretKey: clerk.liveSecretKey }, 'readOnly', host);
	const rows = rowsOf(clerk);
	const customers = addCustomers(clerk);
	const form = { resource: 'user', returnAll: true, output: 'simplified' };
	const run = async (/** @type {Record<string, any>} */ parameters, given = [{}]) =>
		await runJob(clerk, n8n, { ...form, ...parameters }, given);
	const day = async (/** @type {string} */ name) => {
		const compared = await run(COMPARE, rows);
		const read = await run({ operation: 'getAll' });
		const found = await run(FIND, customers);
		const { missing, changed, gone } = compared.json[compared.json.length - 1];
		const counts = [missing, changed, gone, found.json.length].join();
		const each = Math.ceil(users / 1_000);
		const expected = [each, each, each, customers.length].join();
		if (counts !== expected) throw new Error(`It found ${counts}, and not ${expected}`);
		const all = [[compared], [read], [found]];
		return [
			seconds(name, medians(all, 'seconds')),
			count('– requests', medians(all, 'reads')),
			count('– requests hit by a fault', medians(all, 'faults')),
		];
	};
	const many = grouped(users);
	await day('the first runs, which do not count');
	const good = await day(`${many} users in n8n, a good day`);
	addTrouble(clerk);
	const bad = await day(`${many} users in n8n, a bad day`);
	return {
		conditions: [
			`${many} users: in n8n ${host.version}, with Clerk simulated on the same machine, one run each, after one that does not count; Clerk's rate limit of 1,000 requests in 10 s, of which the node uses 80 %`,
			'Find by Metadata: one user in ten is looked for by a value of the private metadata, each by an item of its own',
			'a bad day: 20 of 100 requests end in a status 5xx, a broken connection or half a response, and 8 are late',
		],
		figures: [...good, ...bad],
	};
}

const COMPARE = {
	operation: 'compare',
	idField: 'clerk_id',
	compareBy: 'updatedAt',
	updatedAtField: 'updated_at',
	report: ['missing', 'changed', 'gone'],
	maxGone: 100,
	maxGonePercent: 5,
	additionalFields: {},
	filters: {},
};

const FIND = {
	operation: 'findByMetadata',
	metadataKey: 'customerId',
	match: 'equals',
	metadataValue: '={{ $json.customer }}',
	kinds: ['private'],
	ifNone: 'fail',
	ifSeveral: 'fail',
};

/** Makes one user in ten a customer. @param {import('../../sandbox/clerk').Clerk} clerk @returns {Array<{ customer: string }>} */
function addCustomers({ state }) {
	const chosen = state.users.rows.filter((_, at) => at % 10 === 0);
	return chosen.map((user, at) => {
		const customer = `cus_${at}`;
		// Without a new time of the last change, which would make the list differ.
		user.private_metadata = { ...user.private_metadata, customerId: customer };
		return { customer };
	});
}

/** The list: of a thousand users, one has another time, and another one an ID that is not in Clerk. @param {import('../../sandbox/clerk').Clerk} clerk */
const rowsOf = ({ state }) =>
	state.users.rows.map(({ id, updated_at: time }, at) => ({
		clerk_id: at % 1_000 === 0 ? `${id}Gone` : id,
		updated_at: Number(time) - (at % 1_000 === 1 ? 1 : 0),
	}));
