'use strict';

/**
 * What a script does that has no node: reads all users, page after page, and keeps what it makes of
 * them in one array.
 */
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { createClerkClient } = require('@clerk/backend');

const PAGE = 500;
const SAMPLE_MS = 20;

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collectGarbage = runInNewContext('gc');

/** @type {{ origin: string, secretKey: string, by: 'cursor' | 'sdk' | 'sdkAtOnce' | 'offset', organization?: string, items?: 'raw' | 'simplified', dist?: string }} */
const { origin, secretKey, by, organization, items, dist } = JSON.parse(process.argv[2]);

/** @typedef {AsyncGenerator<Array<{ id: string }>>} Pages */

/** @returns {Pages} */
async function* byCursor() {
	let last = '';
	for (;;) {
		const position = last && `&starting_after=${last}`;
		const response = await fetch(
			`${origin}/v1/users?limit=${PAGE}&order_by=-created_at${position}`,
			{
				headers: { Authorization: `Bearer ${secretKey}` },
			},
		);
		if (!response.ok) throw new Error(`Clerk answered ${response.status}`);
		const rows = /** @type {Array<{ id: string }>} */ (await response.json());
		yield rows;
		if (rows.length < PAGE) return;
		last = rows[PAGE - 1].id;
	}
}

/** The members of an organization, which have no cursor. @returns {Pages} */
async function* byOffset() {
	const url = `${origin}/v1/organizations/${organization}/memberships?limit=${PAGE}&order_by=-created_at`;
	for (let offset = 0; ; offset += PAGE) {
		const response = await fetch(`${url}&offset=${offset}`, {
			headers: { Authorization: `Bearer ${secretKey}` },
		});
		if (!response.ok) throw new Error(`Clerk answered ${response.status}`);
		const { data, total_count: total } = /** @type {any} */ (await response.json());
		yield data;
		if (offset + PAGE >= total) return;
	}
}

const sdk = () => {
	const telemetry = { disabled: true, debug: false, samplingRate: 0 };
	return createClerkClient({ secretKey, apiUrl: origin, telemetry });
};

/** Ten pages at once, as one does it who knows the total. @returns {Pages} */
async function* bySdkAtOnce() {
	const clerk = sdk();
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

/** The SDK knows no cursor. @returns {Pages} */
async function* bySdk() {
	const clerk = sdk();
	for (let offset = 0; ; offset += PAGE) {
		const page = { limit: PAGE, offset, orderBy: /** @type {const} */ ('-created_at') };
		const { data, totalCount } = await clerk.users.getUserList(page);
		yield data;
		if (offset + PAGE >= totalCount) return;
	}
}

/**
 * The item of n8n's that the node makes of a row. A simplified one goes through JSON, so that how the
 * node put it together has no part in the memory it takes.
 *
 * @returns {(row: any) => any}
 */
function maker() {
	if (items === undefined) return (row) => row;
	if (items === 'raw') return (json) => ({ json, pairedItem: { item: 0 } });
	const { simplify } = require(`${dist}/nodes/Clerk/engine/operation/view`);
	const { user } = require(`${dist}/nodes/Clerk/views/user`);
	return (row) => ({
		json: JSON.parse(JSON.stringify(simplify(row, user))),
		pairedItem: { item: 0 },
	});
}

const heapUsed = () => process.memoryUsage().heapUsed;

async function main() {
	const make = maker();
	collectGarbage();
	const before = heapUsed();
	let peak = before;
	const sampling = setInterval(() => (peak = Math.max(peak, heapUsed())), SAMPLE_MS);
	const began = performance.now();
	const cpuBefore = process.cpuUsage();
	const kept = [];
	const readers = { cursor: byCursor, offset: byOffset, sdk: bySdk, sdkAtOnce: bySdkAtOnce };
	for await (const rows of readers[by]()) {
		for (const row of rows) kept.push(make(row));
	}
	const seconds = (performance.now() - began) / 1000;
	const { user, system } = process.cpuUsage(cpuBefore);
	clearInterval(sampling);
	collectGarbage();
	const held = heapUsed();
	const distinct = new Set(kept.map((item) => (items ? item.json : item).id)).size;
	const heap = { before, peak, held };
	const cpuSeconds = (user + system) / 1e6;
	console.log(JSON.stringify({ seconds, cpuSeconds, distinct, heap }));
}

void main();
