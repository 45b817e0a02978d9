'use strict';

/** @typedef {{ id: string } & Record<string, any>} Row */
/** @typedef {{ query?: Record<string, any> }} Request */

/**
 * A list of Clerk's that is sorted by a time, and changes while it is read: `beforePage` is called
 * before each response, with the number of the request.
 *
 * @param {Row[]} rows sorted on every request; ties keep their order
 * @param {(page: number, request: Request) => void} [beforePage]
 */
function openList(rows, beforePage = () => {}) {
	/** @type {Record<string, any>[]} */
	const queries = [];

	/** @param {Request} request @returns {Promise<Row[]>} */
	async function send(request) {
		const { query = {} } = request;
		beforePage(queries.length, request);
		queries.push(query);
		const time = String(query.order_by).slice(1);
		const after = Number(query[`${time}_after`] ?? -Infinity);
		rows.sort((a, b) => a[time] - b[time]);
		const first = rows.findIndex((row) => row[time] > after);
		const offset = Number(query.offset ?? 0);
		const page = [];
		for (let at = offset; at < offset + Number(query.limit) && first >= 0; at++) {
			const row = rows[query.order_by === `-${time}` ? rows.length - 1 - at : first + at];
			if (!row || row[time] <= after) break;
			page.push({ ...row });
		}
		return page;
	}

	return { send, queries };
}

module.exports = { openList };
