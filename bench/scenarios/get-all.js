'use strict';

const { join } = require('node:path');
const { ensureInstall } = require('../../sandbox/n8n/install');
const { openN8n } = require('../lib/n8n');
const { PAGE, clerkList, httpList } = require('../lib/nodes');
const { bytes, count, grouped, seconds } = require('../lib/report');
const { highest, inTurns, lowest, medians } = require('../lib/statistics');
const { runOnce } = require('../lib/workers');

const SCRIPTS = join(__dirname, '..', 'lib', 'scripts.js');

const SIZES = {
	small: { users: 1_200, members: 1_200, rounds: 1 },
	whole: { users: 100_000, members: 10_000, rounds: 2 },
};

/** What a page takes at least, and the share of the serial cursor loop's time that is the goal. */
const LATENCIES = [
	{ ms: 300, share: 1 / 8 },
	{ ms: 100, share: 1 / 4 },
	{ ms: 20, share: 0.6 },
];

/**
 * @typedef {Record<'seconds' | 'requests' | 'distinct' | 'peak' | 'held', number>} Read what reading a list took:
 *   `distinct`: records that came; `peak` and `held`: bytes of the heap at most and at the end, over what it held before
 * @typedef {Awaited<ReturnType<typeof openListing>>} Listing
 */

/** A Clerk with many users, and who reads all of them: nodes in n8n, and scripts in processes of their own under the same Node. @param {number} users */
async function openListing(users) {
	const { node: execPath } = await ensureInstall();
	const n8n = await openN8n();
	const opened = await n8n.openClerk({ users, rateLimit: false });
	const { origin, secretKey } = opened;

	/** @param {() => Promise<import('../lib/usage').Usage & { distinct: number }>} work @returns {Promise<Read>} */
	async function counted(work) {
		const before = (await n8n.clerk.requests()).length;
		const { seconds, distinct, heap } = await work();
		const requests = (await n8n.clerk.requests()).length - before;
		const [peak, held] = [heap.peak - heap.before, heap.held - heap.before];
		return { seconds, distinct, requests, peak, held };
	}

	return {
		conditions: n8n.conditions,

		clerk: n8n.clerk,

		/** @param {import('../lib/n8n').Subject} [subject] HTTP Request, if left out */
		node: async (subject = httpList(opened.url)) =>
			await counted(async () => {
				const run = await n8n.run(subject, [{}], opened);
				if (run.status === 'success') return run;
				throw new Error(`${subject.type} ended with ${run.status}: ${run.error}`);
			}),

		/** @param {keyof typeof import('../lib/scripts').READERS} by @param {string} [organization] whose members are read */
		async script(by, organization) {
			const given = { origin, secretKey, by, organization };
			return await counted(async () => await runOnce(SCRIPTS, given, { execPath }));
		},
	};
}

/** @param {string} name @param {Read[][]} all @param {number} rows */
const requestFigure = (name, all, rows) =>
	count(name, highest(all, 'requests'), Math.ceil(rows / PAGE) * 1.25 + 5);

/** @param {Read[][]} all @param {number} rows */
function missingFigure(all, rows) {
	const missing = lowest(all, 'distinct').map((found) => rows - found);
	return count('… missing', missing, 0);
}

/** @param {Listing} listing @param {number} users @param {number} rounds @param {string} name @param {number} share */
async function userFigures(listing, users, rounds, name, share) {
	const [raw, cursor, simplified, sdkAtOnce] = await inTurns(rounds, [
		() => listing.node(clerkList()),
		() => listing.script('cursor'),
		() => listing.node(clerkList({ output: 'simplified' })),
		() => listing.script('sdkAtOnce'),
	]);
	const [sdk, http] = await inTurns(1, [() => listing.script('sdk'), () => listing.node()]);
	const all = [raw, cursor, sdk, sdkAtOnce, http];
	const [, loop] = medians(all, 'seconds');
	return [
		seconds(`${name}: time`, medians(all, 'seconds'), loop * share),
		seconds('… simplified', medians([simplified], 'seconds'), loop * share),
		requestFigure('… requests', all, users),
		requestFigure('… simplified', [simplified], users),
		missingFigure(all, users),
		// The loop keeps the same items.
		bytes('… peak of memory', highest(all, 'peak'), highest([cursor], 'held')[0] * 1.5),
		bytes('… simplified', highest([simplified], 'peak')),
	];
}

/** @param {Listing} listing @param {number} members @param {number} rounds */
async function memberFigures(listing, members, rounds) {
	const organization = await listing.clerk.addOrganization(members);
	const organizationId = { __rl: true, mode: 'id', value: organization };
	const all = await inTurns(rounds, [
		() => listing.node(clerkList({ resource: 'organizationMembership', organizationId })),
		() => listing.script('members', organization),
	]);
	const [, loop] = medians(all, 'seconds');
	const name = `${grouped(members)} members, ${LATENCIES[0].ms} ms a page: time`;
	return [
		seconds(name, medians(all, 'seconds'), loop / 4),
		requestFigure('… requests', all, members),
		missingFigure(all, members),
	];
}

/** Whether Return All reads as fast as Clerk allows, asks for little more than it needs, and keeps little beside the items. */
module.exports = {
	title: 'All users of a large application',

	sizes: SIZES,

	/** @param {typeof SIZES.whole} size @returns {Promise<import('../run').Findings>} */
	async run({ users, members, rounds }) {
		const listing = await openListing(users);
		// The first run of each fills the caches.
		await listing.node(clerkList());
		await listing.node();
		await listing.script('cursor');
		const figures = [];
		for (const { ms, share } of LATENCIES) {
			await listing.clerk.setLatency(ms);
			figures.push(...(await userFigures(listing, users, rounds, `${ms} ms a page`, share)));
		}
		await listing.clerk.setLatency(LATENCIES[0].ms);
		figures.push(...(await memberFigures(listing, members, rounds)));
		return {
			subjects: [
				'Clerk',
				'Serial cursor loop',
				'@clerk/backend',
				'@clerk/backend, 10 at once',
				'HTTP Request',
			],
			conditions: [
				...listing.conditions,
				`${grouped(users)} users, no rate limit, pages of ${PAGE}`,
				`medians of ${rounds} runs of each, in turns; one run of @clerk/backend one page after the other, and of HTTP Request`,
				'requests and memory: the most of a run',
				'nodes by their execution time in n8n, scripts without the start of their process',
				'HTTP Request pages by cursor, @clerk/backend by offset, with the total beside each page where it is serial',
				'memory: V8 heap with its garbage, over what the process had before; the limit is 1.5 × what the items take without it',
				'members: the loop uses offset',
			],
			figures,
		};
	},
};
