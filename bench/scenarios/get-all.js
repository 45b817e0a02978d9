'use strict';

const { PAGE, openListing } = require('../lib/listing');
const { grouped, median } = require('../lib/statistics');

const SIZE = {
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

/** @typedef {import('../lib/listing').Read} Read */
/** @typedef {Awaited<ReturnType<typeof openListing>>} Listing */
/** @typedef {import('../run').Figure} Figure */

/** Whether Return All reads as fast as Clerk allows, and asks for little more than it needs. */
module.exports = {
	title: 'All users of a large application',

	/** @param {{ small: boolean }} options @returns {Promise<import('../run').Findings>} */
	async run({ small }) {
		const { users, members, rounds } = small ? SIZE.small : SIZE.whole;
		const listing = await openListing({ users, latencyMs: 0 });
		try {
			// The first run of each fills the caches.
			await listing.clerkNode('raw');
			await listing.httpNode();
			await listing.script('cursor');
			const figures = [];
			for (const latency of LATENCIES) {
				await listing.setLatency(latency.ms);
				figures.push(...(await figuresAt(listing, latency, users, rounds)));
			}
			await listing.setLatency(LATENCIES[0].ms);
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
					`medians of ${rounds} runs of each, in turns; one run of @clerk/backend one page after the other, and of HTTP Request`,
					'requests: the most of a run',
					'nodes by their execution time in n8n, scripts without the start of their process',
					'HTTP Request pages by cursor, @clerk/backend by offset, with the total beside each page where it is serial',
					'members: the loop goes by offset',
				],
				figures,
			};
		} finally {
			await listing.close();
		}
	},
};

const seconds = (/** @type {Read[]} */ runs) => median(runs.map((run) => run.seconds));
const requests = (/** @type {Read[]} */ runs) => Math.max(...runs.map((run) => run.requests));

/** @param {Listing} listing @param {{ ms: number, share: number }} latency @param {number} users @param {number} rounds @returns {Promise<Figure[]>} */
async function figuresAt(listing, { ms, share }, users, rounds) {
	/** @type {Record<string, Read[]>} */
	const runs = { raw: [], simplified: [], cursor: [], sdk: [], sdkAtOnce: [], http: [] };
	for (let round = 0; round < rounds; round++) {
		runs.raw.push(await listing.clerkNode('raw'));
		runs.cursor.push(await listing.script('cursor'));
		runs.simplified.push(await listing.clerkNode('simplified'));
		runs.sdkAtOnce.push(await listing.script('sdkAtOnce'));
		if (round > 0) continue;
		runs.sdk.push(await listing.script('sdk'));
		runs.http.push(await listing.httpNode());
	}
	const { raw, simplified, cursor, sdk, sdkAtOnce, http } = runs;
	const subjects = [raw, cursor, sdk, sdkAtOnce, http];
	const limit = seconds(cursor) * share;
	const most = Math.ceil(users / PAGE) * 1.25 + 5;
	const own = (/** @type {number} */ value) => [value, null, null, null, null];
	const missing = (/** @type {Read[]} */ of) =>
		users - Math.min(...of.map(({ distinct }) => distinct));
	return [
		{ name: `${ms} ms a page: time`, unit: 's', values: subjects.map(seconds), limit },
		{ name: '… simplified', unit: 's', values: own(seconds(simplified)), limit },
		{ name: '… requests', unit: '', values: subjects.map(requests), limit: most },
		{ name: '… simplified', unit: '', values: own(requests(simplified)), limit: most },
		{ name: '… missing', unit: '', values: subjects.map(missing), limit: 0 },
	];
}

/** @param {Listing} listing @param {number} members @param {number} rounds @returns {Promise<Figure[]>} */
async function memberFigures(listing, members, rounds) {
	const organization = await listing.addOrganization(members);
	/** @type {Read[]} */
	const own = [];
	/** @type {Read[]} */
	const loop = [];
	for (let round = 0; round < rounds; round++) {
		own.push(await listing.membersNode(organization));
		loop.push(await listing.membersLoop(organization));
	}
	const most = Math.ceil(members / PAGE) * 1.25 + 5;
	const missing = members - Math.min(...own.map(({ distinct }) => distinct));
	const none = [null, null, null];
	const name = `${grouped(members)} members, 300 ms a page: time`;
	return [
		{
			name,
			unit: 's',
			values: [seconds(own), seconds(loop), ...none],
			limit: seconds(loop) * MEMBERS_SHARE,
		},
		{ name: '… requests', unit: '', values: [requests(own), requests(loop), ...none], limit: most },
		{ name: '… missing', unit: '', values: [missing, 0, ...none], limit: 0 },
	];
}
