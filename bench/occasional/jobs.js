'use strict';

const { startClerk } = require('../../sandbox/clerk');
const { startN8n } = require('../../sandbox/n8n/host');
const { openN8n } = require('../../sandbox/n8n/testing');
const { prepared } = require('../lib/n8n');
const { count, medians, seconds } = require('../lib/statistics');
const jobs = require('./lib/bigJobs');

/** @typedef {import('../../sandbox/clerk').Clerk} Clerk */
/** @typedef {Awaited<ReturnType<typeof jobs.runJob>> & { changes: number }} Ran */
/** @typedef {Record<string, Ran>} Taken by the names of the jobs */
/** @typedef {(clerk: Clerk) => void} Trouble */

const SIZES = {
	small: { users: 600, inactive: 12, differences: 10, days: 2 },
	whole: { users: 10_000, inactive: 2_000, differences: 50, days: 3 },
};

/** What others leave of the 1,000 requests in 10 seconds. @type {Trouble} */
const share = ({ setRateLimit }) => setRateLimit(500);

/** Nothing but the node's own minute ends it. @type {Trouble} */
const addTimeout = ({ addFault }) =>
	void addFault({ kind: 'hang', method: 'POST', path: /\/(ban|memberships)$/ });

/** @type {Record<string, Trouble[]>} */
const DAYS = {
	'A good day': [],
	'A bad day': [share, jobs.addTrouble],
	'A bad day, and a response that never comes': [share, addTimeout, jobs.addTrouble],
};

/** Cleaning up users and syncing members, when Clerk is well and when it is not. */
module.exports = {
	title: 'The two uses that the package is made for, in a real n8n',

	sizes: SIZES,

	/** @param {typeof SIZES.whole} size @returns {Promise<import('../run').Findings>} */
	async run(size) {
		const days = Object.entries(DAYS).slice(0, size.days);
		const host = await startN8n(await prepared());
		/** @type {Taken[]} */
		const taken = [];
		for (const [, troubles] of days) {
			const cleaned = await cleanUp(host, size, troubles);
			taken.push({ ...cleaned, ...(await sync(host, size, troubles)) });
		}
		return {
			subjects: days.map(([name]) => name),
			conditions: [
				`n8n ${host.version}, with Clerk simulated on the same machine`,
				"Clerk's rate limit of 1,000 requests in 10 s, of which the node uses 80 %",
				'a bad day: 20 of 100 requests end in a status 5xx, a broken connection or half a response, 8 are late, and others leave only half of the rate limit',
				'a response that never comes is given up after 60 s',
				'everybody who was to be changed was changed once, and no other user',
			],
			figures: Object.keys(taken[0]).flatMap((name) => figuresOf(name, taken)),
		};
	},
};

/** @param {import('../../sandbox/n8n/host').Host} host @param {typeof SIZES.whole} size @param {Trouble[]} troubles */
async function cleanUp(host, { users, inactive }, troubles) {
	const clerk = await startClerk({ seed: 'empty' });
	const away = jobs.plantUsers(clerk, { users, inactive });
	const { changes, run } = await begin(host, clerk, troubles);
	const name = `Clean Up, ${inactive} of ${users} users inactive`;
	const taken = { [name]: await run(jobs.cleanUpForm({ users })) };
	const banned = away.map((id) => `user ${id} banned`);
	ensureSame(changes, banned);
	return taken;
}

/** @param {import('../../sandbox/n8n/host').Host} host @param {typeof SIZES.whole} size @param {Trouble[]} troubles */
async function sync(host, { users: members, differences }, troubles) {
	const clerk = await startClerk({ seed: 'empty' });
	const wanted = jobs.plantMembers(clerk, { members, differences });
	const { changes, run } = await begin(host, clerk, troubles);
	const taken = {
		[`Sync, ${differences} of ${members} members differ`]: await run(jobs.syncForm, wanted),
		'Sync once more': await run(jobs.syncForm, wanted),
	};
	const lines = (/** @type {typeof wanted} */ list) => list.map((one) => Object.values(one).join());
	ensureSame(lines(jobs.membersIn(clerk)), lines(wanted));
	ensureSame(changes, [...new Set(changes)]);
	return taken;
}

/** From now on there is trouble, and what is changed is counted. @param {import('../../sandbox/n8n/host').Host} host @param {Clerk} clerk @param {Trouble[]} troubles */
async function begin(host, clerk, troubles) {
	const n8n = await openN8n({ ...clerk, secretKey: clerk.liveSecretKey }, 'full', host);
	const changes = jobs.changesIn(clerk);
	for (const trouble of troubles) trouble(clerk);
	return {
		changes,
		/** @param {Record<string, any>} parameters @param {Record<string, any>[]} [input] */
		async run(parameters, input) {
			const before = changes.length;
			const ran = await jobs.runJob(clerk, n8n, parameters, input);
			return { ...ran, changes: changes.length - before };
		},
	};
}

/** Rejects a run that lost a user: it has no figure. @param {string[]} found @param {string[]} wanted */
function ensureSame(found, wanted) {
	const [one, other] = [found, wanted].map((list) => JSON.stringify([...list].sort()));
	if (one !== other) throw new Error('In the end Clerk does not hold what was asked for');
}

/** @param {string} name @param {Taken[]} taken one a day */
function figuresOf(name, taken) {
	const all = taken.map((day) => [day[name]]);
	return [
		seconds(name, medians(all, 'seconds')),
		count('– requests that read', medians(all, 'reads')),
		count('– requests that write', medians(all, 'writes')),
		count('– changes that they made', medians(all, 'changes')),
		count('– requests hit by a fault', medians(all, 'faults')),
		count('– responses with 429', medians(all, 'rejected')),
	];
}
