'use strict';

/**
 * What a script does that has no node: reads all users, page after page, and keeps what it makes of
 * them in one array. For `runOnce`.
 */
const { sdkOf } = require('./scripts');
const { startMeasuring } = require('./usage');

const PAGE = 500;
const AT_ONCE = 10;

/**
 * @typedef {Array<{ id: string }>} Rows
 * @typedef {(offset: number, last: string) => Promise<{ data: Rows, total?: number }>} ReadPage `last`: the ID
 *   with which the page before ended
 *
 * @typedef {object} Given
 * @property {string} origin @property {string} secretKey
 * @property {keyof typeof READERS} by
 * @property {string} [organization] whose members are read
 * @property {'raw' | 'simplified'} [items] @property {string} dist see `maker`
 */

/** @param {Given} given @param {string} path with a query @returns {Promise<any>} */
async function get({ origin, secretKey }, path) {
	const headers = { Authorization: `Bearer ${secretKey}` };
	const response = await fetch(`${origin}/v1/${path}&limit=${PAGE}&order_by=-created_at`, {
		headers,
	});
	if (!response.ok) throw new Error(`Clerk answered ${response.status}`);
	return await response.json();
}

/** @param {ReadPage} readPage @returns {AsyncGenerator<Rows>} */
async function* inTurn(readPage) {
	let last = '';
	for (let offset = 0; ; offset += PAGE) {
		const { data, total = Infinity } = await readPage(offset, last);
		yield data;
		if (data.length < PAGE || offset + PAGE >= total) return;
		last = data[PAGE - 1].id;
	}
}

/** @param {Given} given @param {number} offset */
async function sdkPage(given, offset) {
	const page = { limit: PAGE, offset, orderBy: /** @type {const} */ ('-created_at') };
	const { data, totalCount: total } = await sdkOf(given).users.getUserList(page);
	return { data, total };
}

/** Several pages at once, for which the total has to be known. @param {Given} given @returns {AsyncGenerator<Rows>} */
async function* sdkAtOnce(given) {
	const total = await sdkOf(given).users.getCount();
	const left = Array.from({ length: Math.ceil(total / PAGE) }, (_, page) => page).values();
	/** @type {Rows[]} */
	const pages = [];
	const worker = async () => {
		for (const page of left) pages[page] = (await sdkPage(given, page * PAGE)).data;
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	yield* pages;
}

/** Members and the SDK know no cursor. @type {Record<'cursor' | 'members' | 'sdk' | 'sdkAtOnce', (given: Given) => AsyncGenerator<Rows>>} */
const READERS = {
	cursor: (given) =>
		inTurn(async (_, last) => ({
			data: await get(given, `users?${last && `starting_after=${last}`}`),
		})),
	members: (given) =>
		inTurn(async (offset) => {
			const path = `organizations/${given.organization}/memberships?offset=${offset}`;
			const { data, total_count: total } = await get(given, path);
			return { data, total };
		}),
	sdk: (given) => inTurn(async (offset) => await sdkPage(given, offset)),
	sdkAtOnce,
};

/**
 * The item of n8n's that the node makes of a row. A simplified one goes through JSON, so that how the
 * node put it together has no part in the memory it takes.
 *
 * @param {Given} given
 * @returns {(row: any) => any}
 */
function maker({ items, dist }) {
	if (items === undefined) return (row) => row;
	if (items === 'raw') return (json) => ({ json, pairedItem: { item: 0 } });
	const { simplify } = require(`${dist}/nodes/Clerk/engine/operation/view`);
	const { user } = require(`${dist}/nodes/Clerk/views/user`);
	return (row) => ({
		json: JSON.parse(JSON.stringify(simplify(row, user))),
		pairedItem: { item: 0 },
	});
}

/** @param {Given} given */
async function run(given) {
	const make = maker(given);
	const stop = startMeasuring();
	const kept = [];
	for await (const rows of READERS[given.by](given)) {
		for (const row of rows) kept.push(make(row));
	}
	const usage = stop();
	return { ...usage, distinct: new Set(kept.map((item) => item.json?.id ?? item.id)).size };
}

module.exports = { run };
