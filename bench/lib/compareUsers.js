'use strict';

/**
 * Compares a list with as many users, or reads them all, in a process of its own: what each takes of time
 * and memory. The users are made when they are asked for, as JSON that is parsed, so that only the parts that
 * the node keeps stay in memory.
 */
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { readList } = require('../../nodes/Clerk/engine/http/readList');
const { simplify } = require('../../nodes/Clerk/engine/operation/view');
const { usersPaging } = require('../../nodes/Clerk/fields/paging');
const { prepareCompare } = require('../../nodes/Clerk/jobs/compare/form');
const { USERS } = require('../../nodes/Clerk/jobs/compare/kinds');
const { createState } = require('../../sandbox/clerk/state');
const { newEmailAddress, newUser, presentUser } = require('../../sandbox/clerk/records/user');

const START = Date.UTC(2024, 0, 1);
const STEP = 60_000;
const SAMPLE_MS = 20;

/** Of each kind of difference, one in a thousand. */
const EVERY = 1_000;

setFlagsFromString('--expose-gc');
/** @type {() => void} */
const collectGarbage = runInNewContext('gc');

/** @type {{ users: number, work: 'compare' | 'getAll' }} */
const { users, work } = JSON.parse(process.argv[2]);

const idOf = (/** @type {number} */ at) => `user_${String(at).padStart(27, '0')}`;
const timeOf = (/** @type {number} */ at) => START + at * STEP;
const indexOf = (/** @type {string} */ id) => Number(id.slice('user_'.length));

/** The JSON of a user, in which ID and time are replaced. */
const TEMPLATE = (() => {
	const state = createState({ clock: () => START });
	const email_addresses = [newEmailAddress(state, 'someone@example.com', { at: START })];
	const user = newUser(state, { first_name: 'Some', last_name: 'One', email_addresses });
	const text = JSON.stringify({ ...presentUser(user), id: '$id', created_at: 1, updated_at: 1 });
	return text.replaceAll(/"(created|updated)_at":1\b/g, '"$1_at":"$time"');
})();

const userText = (/** @type {number} */ at) =>
	TEMPLATE.replaceAll('"$id"', `"${idOf(at)}"`).replaceAll('"$time"', String(timeOf(at)));

/** Bytes of the heap without garbage when the last page was asked for. */
let atLastPage = 0;
let pages = 0;

/** @param {import('../../nodes/Clerk/engine/operation').ApiRequest} request */
async function send({ path, query = {} }) {
	if (path === '/instance') return { id: 'ins_bench' };
	if (path === '/users/count') return { total_count: users };
	/** @type {number[]} */
	const found = [];
	if (Array.isArray(query.user_id)) {
		found.push(...query.user_id.map(indexOf).filter((at) => at < users));
	} else {
		const before = Number(query.created_at_before ?? Infinity);
		const after = Number(query.created_at_after ?? -Infinity);
		const descending = String(query.order_by ?? '-').startsWith('-');
		const cursor =
			query.starting_after === undefined ? undefined : indexOf(`${query.starting_after}`);
		const step = descending ? -1 : 1;
		for (
			let at = cursor === undefined ? (descending ? users - 1 : 0) : cursor + step;
			at >= 0 && at < users && found.length < Number(query.limit);
			at += step
		) {
			const time = timeOf(at);
			if (descending && time >= before) at = Math.min(at, Math.ceil((before - START) / STEP));
			else if (time > after && time < before) found.push(at);
			else if (descending && time <= after) break;
		}
		pages++;
		if (pages === Math.floor(users / 500)) {
			collectGarbage();
			atLastPage = process.memoryUsage().heapUsed;
		}
	}
	await new Promise((resolve) => setImmediate(resolve));
	return JSON.parse(`[${found.map(userText).join()}]`);
}

/** The list: of a thousand users, one has another time, and another one an ID that is not in Clerk. */
function makeRows() {
	/** @type {Array<import('n8n-workflow').IDataObject>} */
	const rows = [];
	for (let at = 0; at < users; at++) {
		const clerk_id = idOf(at % EVERY === 0 ? users + at : at);
		const time = timeOf(at) - (at % EVERY === 1 ? 1 : 0);
		rows.push({ clerk_id, name: `Name ${at}`, updated_at: new Date(time).toISOString() });
	}
	return rows;
}

const context = {
	send,
	concurrency: 20,
	/** @param {any[]} values @param {(value: any) => Promise<void>} each */
	async forEachConcurrently(values, each) {
		for (const value of values) await each(value);
	},
	now: () => Date.now(),
};

const form = {
	values: {
		idField: 'clerk_id',
		compareBy: 'updatedAt',
		updatedAtField: 'updated_at',
		report: ['missing', 'changed', 'gone'],
		maxGone: users,
		maxGonePercent: 100,
	},
	query: {},
	options: {},
	itemIndex: 0,
};

/** @param {import('n8n-workflow').IDataObject[]} rows */
async function compareAll(rows) {
	const toOutput = (/** @type {any} */ record) => simplify(record, USERS.view);
	const input = { rows, timezone: 'UTC', toOutput };
	const prepared = prepareCompare(USERS, /** @type {any} */ (form), input);
	const { records } = await prepared.execute(/** @type {any} */ (context));
	return records;
}

async function readAll() {
	const request = { method: /** @type {const} */ ('GET'), path: '/users', query: {} };
	const { rows } = await readList(send, request, usersPaging, (record) =>
		simplify(record, USERS.view),
	);
	return rows;
}

async function main() {
	const rows = work === 'compare' ? makeRows() : [];
	collectGarbage();
	const { heapUsed: before } = process.memoryUsage();
	let peak = before;
	const sample = () => (peak = Math.max(peak, process.memoryUsage().heapUsed));
	const sampling = setInterval(sample, SAMPLE_MS);
	const began = performance.now();
	const cpuBefore = process.cpuUsage();
	const output = work === 'compare' ? await compareAll(rows) : await readAll();
	const seconds = (performance.now() - began) / 1000;
	const { user, system } = process.cpuUsage(cpuBefore);
	const cpuSeconds = (user + system) / 1e6;
	clearInterval(sampling);
	const summary = work === 'compare' ? output.at(-1) : undefined;
	console.log(
		JSON.stringify({
			seconds,
			cpuSeconds,
			before,
			peak,
			atLastPage,
			pages,
			count: output.length,
			summary,
		}),
	);
}

void main();
