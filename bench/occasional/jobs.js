'use strict';

const { startClerk } = require('../../sandbox/clerk');
const { startN8n } = require('../../sandbox/n8n/host');
const { openN8n } = require('../../sandbox/n8n/testing');
const { prepared } = require('../lib/n8n');
const jobs = require('./lib/bigJobs');

/** @typedef {import('../../sandbox/clerk').Clerk} Clerk */
/** @typedef {Awaited<ReturnType<typeof jobs.runJob>>} Ran */
/** @typedef {Record<string, Ran & { changes: number }>} Taken by the names of the jobs */
/** @typedef {(clerk: Clerk) => void} Trouble */
/** @typedef {(parameters: Record<string, any>, input?: Record<string, any>[]) => Promise<Taken[string]>} Run */

const WHOLE = { users: 10_000, inactive: 2_000, differences: 50 };
const SMALL = { users: 600, inactive: 12, differences: 10 };

/** What others leave of the 1,000 requests in 10 seconds. @type {Trouble} */
const share = ({ setRateLimit }) => setRateLimit(500);

/** Nothing but the node's own minute ends it. @type {Trouble} */
const addTimeout = ({ addFault }) =>
	void addFault({ kind: 'hang', method: 'POST', path: /\/(ban|memberships)$/ });

/** @type {Record<string, Trouble[]>} */
const DAYS = {
	'A good day': [],
	'A bad day': [share, jobs.addTrouble],
	'A bad day, and an answer that never comes': [share, addTimeout, jobs.addTrouble],
};

/** Cleaning up users and syncing members, when Clerk is well and when it is not. */
module.exports = {
	title: 'The two uses that the package is made for, in a real n8n',

	/** @param {{ small: boolean }} options @returns {Promise<import('../run').Findings>} */
	async run({ small }) {
		const sizes = small ? SMALL : WHOLE;
		const days = Object.entries(DAYS).slice(0, small ? 2 : 3);
		const host = await startN8n(await prepared());
		try {
			/** @type {Taken[]} */
			const taken = [];
			for (const [, troubles] of days) {
				const both = {
					...(await cleanUp(host, sizes, troubles)),
					...(await sync(host, sizes, troubles)),
				};
				taken.push(both);
			}
			return {
				subjects: days.map(([name]) => name),
				conditions: [
					`n8n ${host.version}, with Clerk simulated on the same machine`,
					"Clerk's rate limit of 1,000 requests in 10 s, of which the node uses 80 %",
					'a bad day: 20 of 100 requests end in a status 5xx, a broken connection or half an answer, 8 are late, and others leave only half of the rate limit',
					'an answer that never comes is given up after 60 s',
					'everybody who was to be changed was changed once, and nobody else',
				],
				figures: Object.keys(taken[0]).flatMap((name) => figuresOf(name, taken)),
			};
		} finally {
			await host.close();
		}
	},
};

/** @param {import('../../sandbox/n8n/host').Host} host @param {typeof WHOLE} sizes @param {Trouble[]} troubles */
const cleanUp = async (host, { users, inactive }, troubles) =>
	await withClerk(host, async (clerk, ready) => {
		const away = jobs.plantUsers(clerk, { users, inactive });
		const { changes, run } = ready(troubles);
		const name = `Clean Up, ${inactive} of ${users} users inactive`;
		const taken = { [name]: await run(jobs.cleanUpForm({ users })) };
		ensureSame(
			changes,
			away.map((id) => `user ${id} banned`),
		);
		return taken;
	});

/** @param {import('../../sandbox/n8n/host').Host} host @param {typeof WHOLE} sizes @param {Trouble[]} troubles */
const sync = async (host, { users: members, differences }, troubles) =>
	await withClerk(host, async (clerk, ready) => {
		const wanted = jobs.plantMembers(clerk, { members, differences });
		const { changes, run } = ready(troubles);
		const taken = {
			[`Sync, ${differences} of ${members} members differ`]: await run(jobs.syncForm, wanted),
			'Sync once more': await run(jobs.syncForm, wanted),
		};
		const lines = (/** @type {typeof wanted} */ list) =>
			list.map((one) => Object.values(one).join());
		ensureSame(lines(jobs.membersIn(clerk)), lines(wanted));
		ensureSame(changes, [...new Set(changes)]);
		return taken;
	});

/**
 * An empty Clerk, which a job fills and then makes ready.
 *
 * @param {import('../../sandbox/n8n/host').Host} host
 * @param {(clerk: Clerk, ready: (troubles: Trouble[]) => { changes: string[], run: Run }) => Promise<Taken>} work
 */
async function withClerk(host, work) {
	const clerk = await startClerk({ seed: 'empty' });
	try {
		const n8n = await openN8n({ ...clerk, secretKey: clerk.liveSecretKey }, 'full', host);
		return await work(clerk, (troubles) => {
			const changes = jobs.changesIn(clerk);
			for (const trouble of troubles) trouble(clerk);
			/** @type {Run} */
			const run = async (...given) => {
				const before = changes.length;
				const taken = await jobs.runJob(clerk, n8n, ...given);
				return { ...taken, changes: changes.length - before };
			};
			return { changes, run };
		});
	} finally {
		await clerk.close();
	}
}

/** A figure of a run that lost somebody would be none. @param {string[]} found @param {string[]} wanted */
function ensureSame(found, wanted) {
	const [one, other] = [found, wanted].map((list) => JSON.stringify([...list].sort()));
	if (one !== other) throw new Error('In the end Clerk does not hold what was asked for');
}

/** @param {string} name @param {Taken[]} taken one a day @returns {import('../run').Figure[]} */
function figuresOf(name, taken) {
	const of = (/** @type {'ms' | 'reads' | 'writes' | 'changes' | 'faults' | 'rejected'} */ key) =>
		taken.map((day) => day[name][key]);
	return [
		{ name, unit: 's', values: of('ms').map((ms) => ms / 1_000) },
		{ name: '– requests that read', unit: '', values: of('reads') },
		{ name: '– requests that write', unit: '', values: of('writes') },
		{ name: '– changes that they made', unit: '', values: of('changes') },
		{ name: '– requests hit by a fault', unit: '', values: of('faults') },
		{ name: '– answers with 429', unit: '', values: of('rejected') },
	];
}
