'use strict';

const { openListing } = require('../lib/listing');
const { PAGE, clerkList } = require('../lib/nodes');
const { count, grouped, highest, inTurns, lowest, medians, seconds } = require('../lib/statistics');

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

const MEMBERS_SHARE = 1 / 4;

const SUBJECTS = [
	'Clerk',
	'Serial cursor loop',
	'@clerk/backend',
	'@clerk/backend, 10 at once',
	'HTTP Request',
];

/** @typedef {import('../lib/listing').Read} Read */
/** @typedef {Awaited<ReturnType<typeof openListing>>} Listing */

/** Whether Return All reads as fast as Clerk allows, and asks for little more than it needs. */
module.exports = {
	title: 'All users of a large application',

	sizes: SIZES,

	/** @param {typeof SIZES.whole} size @returns {Promise<import('../run').Findings>} */
	async run({ users, members, rounds }) {
		const listing = await openListing({ users, latencyMs: 0 });
		// The first run of each fills the caches.
		await listing.node(clerkList());
		await listing.node();
		await listing.script({ by: 'cursor' });
		const figures = [];
		for (const { ms, share } of LATENCIES) {
			await listing.clerk.setLatency(ms);
			figures.push(...(await userFigures(listing, users, rounds, `${ms} ms a page`, share)));
		}
		await listing.clerk.setLatency(LATENCIES[0].ms);
		figures.push(...(await memberFigures(listing, members, rounds)));
		return {
			subjects: SUBJECTS,
			conditions: [
				...listing.conditions,
				`medians of ${rounds} runs of each, in turns; one run of @clerk/backend one page after the other, and of HTTP Request`,
				'requests: the most of a run',
				'nodes by their execution time in n8n, scripts without the start of their process',
				'HTTP Request pages by cursor, @clerk/backend by offset, with the total beside each page where it is serial',
				'members: the loop uses offset',
			],
			figures,
		};
	},
};

/** @param {number} rows */
const mostRequests = (rows) => Math.ceil(rows / PAGE) * 1.25 + 5;

/** @param {Read[][]} all @param {number} rows */
const missing = (all, rows) => lowest(all, 'distinct').map((found) => rows - found);

/** @param {Listing} listing @param {number} users @param {number} rounds @param {string} name @param {number} share */
async function userFigures(listing, users, rounds, name, share) {
	const [raw, cursor, simplified, sdkAtOnce] = await inTurns(rounds, [
		() => listing.node(clerkList()),
		() => listing.script({ by: 'cursor' }),
		() => listing.node(clerkList({ output: 'simplified' })),
		() => listing.script({ by: 'sdkAtOnce' }),
	]);
	const [sdk, http] = await inTurns(1, [() => listing.script({ by: 'sdk' }), () => listing.node()]);
	const all = [raw, cursor, sdk, sdkAtOnce, http];
	const [, loop] = medians(all, 'seconds');
	return [
		seconds(`${name}: time`, medians(all, 'seconds'), loop * share),
		seconds('… simplified', medians([simplified], 'seconds'), loop * share),
		count('… requests', highest(all, 'requests'), mostRequests(users)),
		count('… simplified', highest([simplified], 'requests'), mostRequests(users)),
		count('… missing', missing(all, users), 0),
	];
}

/** @param {Listing} listing @param {number} members @param {number} rounds */
async function memberFigures(listing, members, rounds) {
	const organization = await listing.clerk.addOrganization(members);
	const organizationId = { __rl: true, mode: 'id', value: organization };
	const all = await inTurns(rounds, [
		() => listing.node(clerkList({ resource: 'organizationMembership', organizationId })),
		() => listing.script({ by: 'members', organization }),
	]);
	const [, loop] = medians(all, 'seconds');
	const name = `${grouped(members)} members, ${LATENCIES[0].ms} ms a page: time`;
	return [
		seconds(name, medians(all, 'seconds'), loop * MEMBERS_SHARE),
		count('… requests', highest(all, 'requests'), mostRequests(members)),
		count('… missing', missing(all, members), 0),
	];
}
