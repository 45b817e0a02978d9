'use strict';

/**
 * What a script does that has no node: reads all users, page after page, and keeps what it makes of
 * them in one array.
 */
const { sdkOf } = require('./scripts');
const { startMeasuring } = require('./usage');

const PAGE = 500;
/**
 * @typedef {AsyncGenerator<Array<{ id: string }>>} Pages
 *
 * @typedef {object} Given
 * @property {string} origin @property {string} secretKey
 * @property {keyof typeof READERS} by
 * @property {string} [organization] whose members are read
 * @property {'raw' | 'simplified'} [items] @property {string} [dist] see `maker`
 */

/** @param {Given} given @param {string} path with a query @returns {Promise<any>} */
async function get({ origin, secretKey }, path) {
	const headers = { Authorization: `Bearer ${secretKey}` };
	const response = await fetch(`${origin}/v1/${path}`, { headers });
	if (!response.ok) throw new Error(`Clerk answered ${response.status}`);
	return await response.json();
}

/** @param {Given} given @returns {Pages} */
async function* byCursor(given) {
	let last = '';
	for (;;) {
		const position = last && `&starting_after=${last}`;
		const rows = await get(given, `users?limit=${PAGE}&order_by=-created_at${position}`);
		yield rows;
		if (rows.length < PAGE) return;
		last = rows[PAGE - 1].id;
	}
}

/** The members of an organization, which have no cursor. @param {Given} given @returns {Pages} */
async function* byOffset(given) {
	const path = `organizations/${given.organization}/memberships?limit=${PAGE}&order_by=-created_at`;
	for (let offset = 0; ; offset += PAGE) {
		const { data, total_count: total } = await get(given, `${path}&offset=${offset}`);
		yield data;
		if (offset + PAGE >= total) return;
	}
}

/** Ten pages at once, for which the total has to be known. @param {Given} given @returns {Pages} */
async function* bySdkAtOnce(given) {
	const clerk = sdkOf(given);
	const read = async (/** @type {number} */ offset) =>
		(await clerk.users.getUserList({ limit: PAGE, offset, orderBy: '-created_at' })).data;
	const total = await clerk.users.getCount();
	const offsets = Array.from({ length: Math.ceil(total / PAGE) }, (_, page) => page * PAGE);
	const left = offsets.entries();
	/** @type {Array<Array<{ id: string }>>} */
	const pages = [];
	const worker = async () => {
		for (const [at, offset] of left) pages[at] = await read(offset);
	};
	await Promise.all(Array.from({ length: 10 }, worker));
	yield* pages;
}

/** The SDK knows no cursor. @param {Given} given @returns {Pages} */
async function* bySdk(given) {
	const clerk = sdkOf(given);
	for (let offset = 0; ; offset += PAGE) {
		const page = { limit: PAGE, offset, orderBy: /** @type {const} */ ('-created_at') };
		const { data, totalCount } = await clerk.users.getUserList(page);
		yield data;
		if (offset + PAGE >= totalCount) return;
	}
}

const READERS = { cursor: byCursor, offset: byOffset, sdk: bySdk, sdkAtOnce: bySdkAtOnce };

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
