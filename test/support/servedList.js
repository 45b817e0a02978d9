'use strict';

const { RequestError } = require('../../nodes/Clerk/engine/http/outcome');

/**
 * A list of Clerk's in memory, sorted by `created_at` and then by ID, whose requests end in an order of
 * their own, and which may change with each.
 *
 * @typedef {{ id: string, created_at: number, [key: string]: any }} Row
 * @typedef {import('../../nodes/Clerk/engine/operation').ApiRequest} Request
 *
 * @typedef {object} Options
 * @property {boolean} [total] respond with `{ data, total_count }`
 * @property {boolean} [inclusive] whether a bound of time counts itself
 * @property {() => number} [random] from 0 to 1; without it, requests end in their order
 * @property {(count: number, request: Request) => void} [before] called before each response, with its number from 0
 * @property {Array<'filters' | 'cursor' | 'offset'>} [ignores]
 * @property {() => number} [shuffle] from 0 to 1: rows of one time come in another order in each response
 */

/** @param {Row} a @param {Row} b */
const byCreation = (a, b) => a.created_at - b.created_at || (a.id < b.id ? -1 : 1);

/** @param {string} path @param {number} status @returns {Error} */
const failure = (path, status) =>
	new RequestError({
		kind: 'response',
		status,
		body: { errors: [{ code: 'some_code', message: 'No' }] },
		request: { method: 'GET', path },
	});

/** @param {Row[]} rows changed by tests while they are read @param {Options} [options] */
function servedList(rows, options = {}) {
	const { total = false, inclusive = false, random, before, ignores = [], shuffle } = options;
	/** @type {Request[]} */
	const requests = [];
	let open = 0;
	let most = 0;
	const takes = (/** @type {'filters' | 'cursor' | 'offset'} */ what) => !ignores.includes(what);

	/** @returns {(a: Row, b: Row) => number} */
	function orderOfResponse() {
		if (!shuffle) return byCreation;
		const places = new Map(rows.map((row) => [row, shuffle()]));
		return (a, b) => a.created_at - b.created_at || Number(places.get(a)) - Number(places.get(b));
	}

	/** @param {Request} request */
	function respond({ path, query = {} }) {
		const order = String(query.order_by ?? '-created_at');
		const after = Number(query.created_at_after ?? -Infinity) - (inclusive ? 1 : 0);
		const limit = Number(query.created_at_before ?? Infinity) + (inclusive ? 1 : 0);
		const matching = rows
			.filter(({ created_at: at }) => !takes('filters') || (at > after && at < limit))
			.filter((row) => query.banned === undefined || row.banned === query.banned)
			.sort(orderOfResponse());
		if (path.endsWith('/count')) return { total_count: matching.length };
		if (order.startsWith('-')) matching.reverse();
		let start = takes('offset') ? Number(query.offset ?? 0) : 0;
		if (query.starting_after !== undefined && takes('cursor')) {
			const cursor = rows.find(({ id }) => id === query.starting_after);
			if (!cursor) throw failure(path, 422);
			const sign = order.startsWith('-') ? -1 : 1;
			start = matching.filter(
				(row) => sign * byCreation(row, cursor) <= 0 || row === cursor,
			).length;
		}
		const page = matching.slice(start, start + Number(query.limit));
		return total ? { data: page, total_count: matching.length } : page;
	}

	return {
		requests,
		/** How many requests were under way at once, at most. */
		most: () => most,
		/** Those for pages. */
		pages: () =>
			requests.filter(({ path, query }) => !path.endsWith('/count') && query?.limit !== 1),
		/** @param {Request} request @param {AbortSignal} [stop] */
		async send(request, stop) {
			const count = requests.push(request) - 1;
			most = Math.max(most, ++open);
			try {
				const turns = random ? Math.floor(random() * 20) : 1;
				for (let left = turns; left > 0; left--) await turn();
				if (stop?.aborted) throw new Error('stopped');
				before?.(count, request);
				return respond(request);
			} finally {
				open--;
			}
		},
	};
}

/** Lets whatever is ready go on. */
const turn = () => new Promise(setImmediate);

module.exports = { failure, servedList, turn };
