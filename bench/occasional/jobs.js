'use strict';

const { startClerk } = require('../../sandbox/clerk');
const { openN8n } = require('../../sandbox/n8n/testing');
const { startHost } = require('../lib/host');
const jobs = require('./lib/bigJobs');

/** @typedef {import('../../sandbox/clerk').Clerk} Clerk */
/** @typedef {Awaited<ReturnType<typeof openN8n>>} N8n */
/** @typedef {ReturnType<typeof jobs.countsOf> & { ms: number, changes: number }} Taken */
/** @typedef {(clerk: Clerk) => void} Day */

const WHOLE = { users: 10_000, inactive: 2_000, differences: 50 };
const SMALL = { users: 600, inactive: 12, differences: 10 };

/** What others leave of the 1,000 requests in 10 seconds. @type {Day} */
const share = ({ setRateLimit }) => setRateLimit(500);

/** Nothing but the node's own minute ends it. @type {Day} */
const addTimeout = ({ addFault }) =>
	void addFault({ kind: 'hang', method: 'POST', path: /\/(ban|memberships)$/ });

/** @type {Array<{ name: string, prepare: Day[] }>} */
const DAYS = [
	{ name: 'A good day', prepare: [] },
	{ name: 'A bad day', prepare: [share, jobs.addTrouble] },
	{
		name: 'A bad day, and an answer that never comes',
		prepare: [share, addTimeout, jobs.addTrouble],
	},
];

/** Cleaning up users and syncing members, when Clerk is well and when it is not. */
module.exports = {
	title: 'The two uses that the package is made for, in a real n8n',

	/** @param {{ small: boolean }} options @returns {Promise<import('../run').Findings>} */
	async run({ small }) {
		const sizes = small ? SMALL : WHOLE;
		const host = await startHost();
		try {
			/** @type {Record<string, Taken>[]} */
			const days = [];
			for (const { prepare } of small ? DAYS.slice(0, 2) : DAYS) {
				const cleanUp = await onDay(prepare, host, (...given) => cleansUp(sizes, ...given));
				const sync = await onDay(prepare, host, (...given) => syncs(sizes, ...given));
				days.push({ ...cleanUp, ...sync });
			}
			return {
				subjects: DAYS.slice(0, days.length).map(({ name }) => name),
				conditions: [
					`n8n ${host.version}, with Clerk simulated on the same machine`,
					"Clerk's rate limit of 1,000 requests in 10 s, of which the node uses 80 %",
					'a bad day: 20 of 100 requests end in a status 5xx, a broken connection or half an answer, 8 are late, and others leave only half of the rate limit',
					'an answer that never comes is given up after 60 s',
					'everybody who was to be changed was changed once, and nobody else',
				],
				figures: Object.keys(days[0]).flatMap((name) =>
					figuresOf(
						name,
						days.map((day) => day[name]),
					),
				),
			};
		} finally {
			await host.close();
		}
	},
};

/**
 * @param {Day[]} prepare
 * @param {import('../../sandbox/n8n/host').Host} host
 * @param {(clerk: Clerk, n8n: N8n, begin: () => void) => Promise<Record<string, Taken>>} work
 */
async function onDay(prepare, host, work) {
	const clerk = await startClerk({ seed: 'empty' });
	try {
		const n8n = await openN8n({ ...clerk, secretKey: clerk.liveSecretKey }, 'full', host);
		return await work(clerk, n8n, () => prepare.forEach((each) => each(clerk)));
	} finally {
		await clerk.close();
	}
}

/** @param {typeof WHOLE} sizes @param {Clerk} clerk @param {N8n} n8n @param {() => void} begin */
async function cleansUp({ users, inactive }, clerk, n8n, begin) {
	const away = jobs.plantUsers(clerk, { users, inactive });
	const changes = jobs.changesIn(clerk);
	begin();
	const taken = await carriedOut(clerk, changes, () => n8n.runClerk(jobs.cleanUpForm({ users })));
	ensureSame(
		changes,
		away.map((id) => `user ${id} banned`),
	);
	return { [`Clean Up, ${inactive} of ${users} users inactive`]: taken };
}

/** @param {typeof WHOLE} sizes @param {Clerk} clerk @param {N8n} n8n @param {() => void} begin */
async function syncs({ users: members, differences }, clerk, n8n, begin) {
	const wanted = jobs.plantMembers(clerk, { members, differences });
	const changes = jobs.changesIn(clerk);
	begin();
	const run = () => n8n.runClerk(jobs.syncForm, wanted);
	const first = await carriedOut(clerk, changes, run);
	const second = await carriedOut(clerk, changes, run);
	const lines = (/** @type {typeof wanted} */ list) => list.map((one) => Object.values(one).join());
	ensureSame(lines(jobs.membersIn(clerk)), lines(wanted));
	ensureSame(changes, [...new Set(changes)]);
	return {
		[`Sync, ${differences} of ${members} members differ`]: first,
		'Sync once more': second,
	};
}

/**
 * @param {Clerk} clerk
 * @param {string[]} changes
 * @param {() => ReturnType<N8n['runClerk']>} run
 * @returns {Promise<Taken>}
 */
async function carriedOut(clerk, changes, run) {
	const [sent, changed] = [clerk.requests.length, changes.length];
	const { error, ms = NaN } = await run();
	if (error) throw new Error(`The job failed: ${error.message}`);
	return { ...jobs.countsOf(clerk, sent), ms, changes: changes.length - changed };
}

/** A figure of a run that lost somebody would be none. @param {string[]} found @param {string[]} wanted */
function ensureSame(found, wanted) {
	const [one, other] = [found, wanted].map((list) => JSON.stringify([...list].sort()));
	if (one !== other) throw new Error('In the end Clerk does not hold what was asked for');
}

/** @param {string} name @param {Taken[]} taken one a day @returns {import('../run').Figure[]} */
function figuresOf(name, taken) {
	const of = (/** @type {keyof Taken} */ key) => taken.map((one) => one[key]);
	return [
		{ name, unit: 's', values: of('ms').map((ms) => ms / 1_000) },
		{ name: '– requests that read', unit: '', values: of('reads') },
		{ name: '– requests that write', unit: '', values: of('writes') },
		{ name: '– changes that they made', unit: '', values: of('changes') },
		{ name: '– requests hit by a fault', unit: '', values: of('faults') },
		{ name: '– answers with 429', unit: '', values: of('rejected') },
	];
}
