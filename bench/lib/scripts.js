'use strict';

const { setTimeout: sleep } = require('node:timers/promises');
const { createClerkClient } = require('@clerk/backend');
const { PAGE } = require('./nodes');
const { startMeasuring } = require('./usage');

/**
 * What works on Clerk without a node, in a process of its own: scripts that read all users or change some, and
 * another application with the same key. For `workers.js`.
 */

process.on('disconnect', () => process.exit());

/**
 * @typedef {{ origin: string, secretKey: string }} Account
 * @typedef {Array<{ id: string }>} Rows
 * @typedef {Account & { by: keyof typeof READERS, organization?: string }} Given `organization`: whose members are read
 */

const telemetry = { disabled: true, debug: false, samplingRate: 0 };

/** @param {Account} clerk */
const sdkOf = ({ origin, secretKey }) =>
	createClerkClient({ secretKey, apiUrl: origin, telemetry });

/** @param {Account} clerk @param {string} path with a query @returns {Promise<any>} */
async function get({ origin, secretKey }, path) {
	const headers = { Authorization: `Bearer ${secretKey}` };
	const response = await fetch(`${origin}/v1/${path}`, { headers });
	if (!response.ok) throw new Error(`Clerk responded with ${response.status}`);
	return await response.json();
}

/** @template T @param {IterableIterator<T>} left @param {number} atOnce @param {(each: T) => Promise<unknown>} work */
async function forEachAtOnce(left, atOnce, work) {
	const worker = async () => {
		for (const each of left) await work(each);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}

/**
 * One page after the other.
 *
 * @param {(offset: number, last?: string) => Promise<{ data: Rows, total?: number }>} readPage `last`: the ID with
 *   which the page before ended
 * @returns {AsyncGenerator<Rows>}
 */
async function* inOrder(readPage) {
	let last;
	for (let offset = 0; ; offset += PAGE) {
		const { data, total = Infinity } = await readPage(offset, last);
		yield data;
		if (data.length < PAGE || offset + PAGE >= total) return;
		last = data[PAGE - 1].id;
	}
}

const QUERY = `limit=${PAGE}&order_by=-created_at`;

/** @param {Account} clerk @param {number} offset */
async function sdkPage(clerk, offset) {
	const page = { limit: PAGE, offset, orderBy: /** @type {const} */ ('-created_at') };
	const { data, totalCount: total } = await sdkOf(clerk).users.getUserList(page);
	return { data, total };
}

/** Ways to read a list. Members and the SDK know no cursor. */
const READERS = {
	/** @param {Given} given */
	cursor: (given) =>
		inOrder(async (_, last) => {
			const after = last ? `&starting_after=${last}` : '';
			return { data: await get(given, `users?${QUERY}${after}`) };
		}),

	/** @param {Given} given */
	members: (given) =>
		inOrder(async (offset) => {
			const path = `organizations/${given.organization}/memberships?${QUERY}&offset=${offset}`;
			const { data, total_count: total } = await get(given, path);
			return { data, total };
		}),

	/** @param {Given} given */
	sdk: (given) => inOrder(async (offset) => await sdkPage(given, offset)),

	/** Ten pages at once, for which the total has to be known. @param {Given} given */
	async *sdkAtOnce(given) {
		const total = await sdkOf(given).users.getCount();
		/** @type {Rows[]} */
		const pages = Array.from({ length: Math.ceil(total / PAGE) });
		await forEachAtOnce(pages.keys(), 10, async (page) => {
			pages[page] = (await sdkPage(given, page * PAGE)).data;
		});
		yield* pages;
	},
};

/** Reads a list, and keeps all of it in one array, as items like those of n8n. @param {Given} given */
async function run(given) {
	const stop = startMeasuring();
	const items = [];
	for await (const rows of READERS[given.by](given)) {
		for (const json of rows) items.push({ json, pairedItem: { item: 0 } });
	}
	const usage = stop();
	return { ...usage, distinct: new Set(items.map(({ json }) => json.id)).size };
}

/**
 * Updates users, several at once. The SDK repeats nothing, and neither does the script: what Clerk
 * refuses is lost.
 *
 * @param {Account & { ids: string[] }} clerk
 * @param {string} firstName
 * @param {number} atOnce
 * @returns {Promise<number>} seconds
 */
async function updateUsers({ ids, ...clerk }, firstName, atOnce) {
	const { users } = sdkOf(clerk);
	const began = performance.now();
	await forEachAtOnce(ids.values(), atOnce, async (id) => {
		await users.updateUser(id, { firstName }).catch(() => {});
	});
	return (performance.now() - began) / 1000;
}

let goesOn = false;
/** @type {Array<Promise<unknown>>} */
let sent = [];

/** Sends requests, evenly, until it is told to stop, and ignores the responses. @param {Account} clerk @param {number} perSecond */
function startRequests(clerk, perSecond) {
	goesOn = true;
	sent = [];
	void (async () => {
		for (const began = Date.now(); goesOn;) {
			sent.push(get(clerk, 'users?limit=1').catch(() => {}));
			await sleep(Math.max(0, began + (sent.length * 1000) / perSecond - Date.now()));
		}
	})();
}

async function stopRequests() {
	goesOn = false;
	await Promise.all(sent);
}

module.exports = { READERS, run, startRequests, stopRequests, updateUsers };
