'use strict';

/**
 * The reader that asks for one page after the other, as Return All did before it read side by side:
 * what it returns of a list that does not change is what any other reader has to return.
 *
 * @typedef {{ id?: unknown, [key: string]: unknown }} Row
 * @typedef {{ method: 'GET', path: string, query?: Record<string, any> }} Request
 *
 * @param {(request: Request) => Promise<any>} send
 * @param {Request} request
 * @param {{ pageSize: number, cursor?: string }} options `cursor`: its parameter; without it, by offset
 * @returns {Promise<Row[]>}
 */
async function readSerially(send, request, { pageSize, cursor }) {
	/** @type {Row[]} */
	const read = [];
	const seen = new Set();
	for (let offset = 0; ; offset += pageSize) {
		const last = read.at(-1)?.id;
		const position = cursor ? last !== undefined && { [cursor]: last } : offset > 0 && { offset };
		const body = await send({
			...request,
			query: { ...request.query, limit: pageSize, ...position },
		});
		const rows = /** @type {Row[]} */ (Array.isArray(body) ? body : body.data);
		const fresh = rows.filter(({ id }) => !seen.has(id));
		for (const { id } of fresh) seen.add(id);
		read.push(...fresh);
		if (rows.length < pageSize || fresh.length === 0) return read;
	}
}

module.exports = { readSerially };
