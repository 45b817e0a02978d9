'use strict';

/**
 * Compares a list with as many users: what that takes of memory. The users are made when they are asked for,
 * as JSON that is parsed, so that only the parts that the node keeps stay in memory. For `runOnce`, with tsx.
 */
const { simplify } = require('../../nodes/Clerk/engine/operation/view');
const { prepareCompare } = require('../../nodes/Clerk/jobs/compare/form');
const { USERS } = require('../../nodes/Clerk/jobs/compare/kinds');
const { createState } = require('../../sandbox/clerk/state');
const { newEmailAddress, newUser, presentUser } = require('../../sandbox/clerk/records/user');
const { collectGarbage, heapUsed } = require('../../bench/lib/usage');

const START = Date.UTC(2024, 0, 1);
const STEP = 60_000;

/** Of each kind of difference, one in a thousand. */
const EVERY = 1_000;

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

/** The indexes of a page of users, as Clerk's list gives them. @param {number} users @param {Record<string, any>} query @returns {number[]} */
function pageOf(users, query) {
	if (Array.isArray(query.user_id)) {
		return query.user_id.map(indexOf).filter((/** @type {number} */ at) => at < users);
	}
	const descending = String(query.order_by ?? '-').startsWith('-');
	const cursor = query.starting_after && indexOf(query.starting_after);
	const after = Number(query.created_at_after ?? -Infinity);
	const before = Number(query.created_at_before ?? Infinity);
	const first = Math.max(
		0,
		Math.floor((after - START) / STEP) + 1,
		cursor === undefined || descending ? 0 : cursor + 1,
	);
	const last = Math.min(
		users - 1,
		Math.ceil((before - START) / STEP) - 1,
		cursor === undefined || !descending ? users : cursor - 1,
	);
	const length = Math.max(0, Math.min(Number(query.limit), last - first + 1));
	return Array.from({ length }, (_, at) => (descending ? last - at : first + at));
}

/** The list: of a thousand users, one has another time, and another one an ID that is not in Clerk. @param {number} users */
const makeRows = (users) =>
	Array.from({ length: users }, (_, at) => ({
		clerk_id: idOf(at % EVERY === 0 ? users + at : at),
		name: `Name ${at}`,
		updated_at: new Date(timeOf(at) - (at % EVERY === 1 ? 1 : 0)).toISOString(),
	}));

const toOutput = (/** @type {any} */ record) => simplify(record, USERS.view);

/** @typedef {(request: import('../../nodes/Clerk/engine/operation').ApiRequest) => Promise<any>} Send */

/** @param {import('n8n-workflow').IDataObject[]} rows @param {Send} send */
async function compareAll(rows, send) {
	const values = {
		idField: 'clerk_id',
		compareBy: 'updatedAt',
		updatedAtField: 'updated_at',
		report: ['missing', 'changed', 'gone'],
		maxGone: rows.length,
		maxGonePercent: 100,
	};
	const form = { values, query: {}, options: {}, itemIndex: 0 };
	const context = {
		send,
		concurrency: 20,
		/** @param {any[]} all @param {(value: any) => Promise<void>} each */
		async forEachConcurrently(all, each) {
			for (const value of all) await each(value);
		},
		now: () => Date.now(),
	};
	const input = { rows, timezone: 'UTC', toOutput };
	const prepared = prepareCompare(USERS, /** @type {any} */ (form), input);
	return (await prepared.execute(/** @type {any} */ (context))).records;
}

function heapWithoutGarbage() {
	collectGarbage();
	return heapUsed();
}

/**
 * @typedef {object} Taken
 * @property {number} before bytes of the heap without garbage, the list included @property {number} atLastPage the
 *   same when the last page was requested
 * @property {any} summary
 */

/** @param {{ users: number }} given @returns {Promise<Taken>} */
async function run({ users }) {
	let [atLastPage, pages] = [0, 0];
	/** @type {Send} */
	const send = async ({ path, query = {} }) => {
		if (path === '/instance') return { id: 'ins_bench' };
		if (path === '/users/count') return { total_count: users };
		const found = pageOf(users, query);
		if (!query.user_id) pages += 1;
		if (!query.user_id && pages === Math.floor(users / 500)) atLastPage = heapWithoutGarbage();
		await new Promise((resolve) => setImmediate(resolve));
		return JSON.parse(`[${found.map(userText).join()}]`);
	};
	const rows = makeRows(users);
	const before = heapWithoutGarbage();
	const output = await compareAll(rows, send);
	return { before, atLastPage, summary: output.at(-1) };
}

module.exports = { run };
