import fc from 'fast-check';

import { RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import { normalizeListResponse, pages } from '../../../nodes/Clerk/engine/http/pagination';
import type { Range } from '../../../nodes/Clerk/engine/http/pagination';
import type { ApiRequest, ClerkRecord, Paging } from '../../../nodes/Clerk/engine/operation';
import { dataPaging, paginatedPaging, usersPaging } from '../../../nodes/Clerk/fields/paging';
import { listOfUsers } from '../../support/userList';

const record = (number: number): ClerkRecord => ({ id: `r${number}`, created_at: number });
const records = (count: number) => Array.from({ length: count }, (_, number) => record(number));
const request: ApiRequest = { method: 'GET', path: '/things' };

type Shape = (rows: ClerkRecord[], total: number) => unknown;

const SHAPES: Record<string, Shape> = {
	'an array': (rows) => rows,
	'data with a total': (data, total_count) => ({ data, total_count }),
	'rows under another name with a total': (m2m_tokens, total_count) => ({
		m2m_tokens,
		total_count,
	}),
};

/** Serves a list, newest last, that a test may change while it is read. */
function serve(all: ClerkRecord[], shape: Shape = SHAPES['an array']) {
	const queries: Array<Record<string, unknown>> = [];
	const fetch = async ({ query = {} }: ApiRequest) => {
		queries.push(query);
		const after = all.findIndex(({ id }) => id !== undefined && id === query.starting_after);
		const start = after >= 0 ? after + 1 : Number(query.offset ?? 0);
		return shape(all.slice(start, start + Number(query.limit)), all.length);
	};
	return { fetch, queries };
}

async function readAll(
	fetch: (request: ApiRequest) => Promise<unknown>,
	paging: Paging,
	{ range = {}, query }: { range?: Range; query?: ApiRequest['query'] } = {},
) {
	const rows: ClerkRecord[] = [];
	let isTruncated = false;
	for await (const page of pages(fetch, { ...request, ...(query && { query }) }, paging, range)) {
		rows.push(...page.rows);
		({ isTruncated } = page);
	}
	return { rows, isTruncated };
}

const tens: Paging = { ...dataPaging, pageSize: 10 };
const byCursor: Paging = { ...usersPaging, pageSize: 10 };

describe.each(Object.entries(SHAPES))('pages of %s', (_, shape) => {
	it.each([0, 1, 9, 10, 11, 20, 35])('returns each of %i records once, in order', async (count) => {
		for (const paging of [tens, byCursor]) {
			const { fetch } = serve(records(count), shape);
			expect((await readAll(fetch, paging)).rows).toEqual(records(count));
		}
	});

	it.each([1, 9, 10, 11, 25])(
		'returns exactly %i records when that is the limit',
		async (limit) => {
			for (const paging of [tens, byCursor]) {
				const { fetch, queries } = serve(records(40), shape);
				expect((await readAll(fetch, paging, { range: { limit } })).rows).toEqual(records(limit));
				expect(queries).toHaveLength(Math.ceil(limit / 10));
			}
		},
	);
});

describe('normalizeListResponse', () => {
	it.each([
		[[], []],
		[{ data: [], total_count: 0 }, []],
		[{ data: null, total_count: 0 }, []],
		[undefined, []],
		[null, []],
	])('returns no rows for %j', (body, rows) => {
		expect(normalizeListResponse(body).rows).toEqual(rows);
	});

	it('returns a total only when it is a number', () => {
		expect(normalizeListResponse({ data: [], total_count: 3 }).total).toBe(3);
		expect(normalizeListResponse({ data: [], total_count: '3' }).total).toBeUndefined();
		expect(normalizeListResponse([]).total).toBeUndefined();
	});
});

describe('pages by cursor', () => {
	it('continue after the last record of each page, without an offset', async () => {
		const { fetch, queries } = serve(records(25));
		await readAll(fetch, byCursor);
		expect(queries).toEqual([
			{ limit: 10 },
			{ limit: 10, starting_after: 'r9' },
			{ limit: 10, starting_after: 'r19' },
		]);
	});

	it.each(['created_at', '+created_at', '-created_at'])(
		'are used for the order %s',
		async (order) => {
			const { fetch, queries } = serve(records(12));
			await readAll(fetch, byCursor, { query: { order_by: order } });
			expect(queries[1]).toEqual({ order_by: order, limit: 10, starting_after: 'r9' });
		},
	);

	it('are not used for an order with which Clerk rejects a cursor', async () => {
		const { fetch, queries } = serve(records(12));
		await readAll(fetch, byCursor, { query: { order_by: '-updated_at' } });
		expect(queries[1]).toEqual({ order_by: '-updated_at', limit: 10, offset: 10 });
	});

	it('are not used after an offset, with which Clerk rejects a cursor', async () => {
		const { fetch, queries } = serve(records(40));
		const { rows } = await readAll(fetch, byCursor, { range: { limit: 15, offset: 5 } });
		expect(queries).toEqual([
			{ limit: 10, offset: 5 },
			{ limit: 5, offset: 15 },
		]);
		expect(rows.map(({ id }) => id)).toEqual(
			records(20)
				.slice(5)
				.map(({ id }) => id),
		);
	});
});

describe('pages by offset', () => {
	it('send the query that every page needs with each page', async () => {
		const { fetch, queries } = serve(records(12));
		await readAll(fetch, { ...paginatedPaging, pageSize: 10 });
		expect(queries).toEqual([
			{ paginated: true, limit: 10 },
			{ paginated: true, limit: 10, offset: 10 },
		]);
	});

	it('ignore an offset when the list is read to its end', async () => {
		const { fetch } = serve(records(12));
		const { rows } = await readAll(fetch, tens, { range: { offset: 5 } });
		expect(rows).toHaveLength(12);
	});
});

describe('the size of pages', () => {
	it.each([usersPaging, dataPaging, paginatedPaging])('is at most 500', async (paging) => {
		const { fetch, queries } = serve(records(1_200));
		await readAll(fetch, paging);
		expect(queries.map(({ limit }) => limit)).toEqual([500, 500, 500]);
		const { fetch: limited, queries: limitedQueries } = serve(records(1_200));
		await readAll(limited, paging, { range: { limit: 750 } });
		expect(limitedQueries.map(({ limit }) => limit)).toEqual([500, 250]);
	});

	// Some lists ignore limit and offset, and return everything each time.
	it('is cut to the limit when a response has more rows', async () => {
		const { rows } = await readAll(async () => records(30), tens, { range: { limit: 7 } });
		expect(rows).toEqual(records(7));
	});
});

describe('the last page', () => {
	it('is one with fewer rows than requested', async () => {
		const { fetch, queries } = serve(records(19));
		await readAll(fetch, tens);
		expect(queries).toHaveLength(2);
	});

	it('is not one with fewer rows than requested when the total says that more follow', async () => {
		const all = records(45);
		const fetch = async ({ query = {} }: ApiRequest) => {
			const start = Number(query.offset ?? 0);
			return { data: all.slice(start, start + 4), total_count: all.length };
		};
		expect((await readAll(fetch, tens)).rows).toEqual(all);
	});

	it('is an empty one, whatever the total says', async () => {
		let count = 0;
		const fetch = async () => {
			count++;
			return { data: [], total_count: 45 };
		};
		expect((await readAll(fetch, tens)).rows).toEqual([]);
		expect(count).toBe(1);
	});

	it('is the first one when a list without paging repeats it', async () => {
		let count = 0;
		const { rows } = await readAll(async () => {
			count++;
			return records(10);
		}, tens);
		expect(rows).toEqual(records(10));
		expect(count).toBe(2);
	});

	it('is found when records have no ID', async () => {
		const { fetch, queries } = serve(
			Array.from({ length: 25 }, (_, number) => ({ name: number })) as ClerkRecord[],
		);
		const { rows } = await readAll(fetch, tens);
		expect([rows.length, queries.length]).toEqual([25, 3]);
	});

	it.each([
		[5, 40, 'data with a total', true],
		[40, 40, 'data with a total', false],
		[40, 40, 'an array', true],
		[50, 40, 'an array', false],
	])(
		'with the limit %i of %i, as %s, is truncated: %p',
		async (limit, count, shape, isTruncated) => {
			const { fetch } = serve(records(count), SHAPES[shape]);
			expect((await readAll(fetch, tens, { range: { limit } })).isTruncated).toBe(isTruncated);
		},
	);
});

describe('the next page', () => {
	it('is requested while the current one is processed, and no further one', async () => {
		const { fetch, queries } = serve(records(45));
		const seen: number[] = [];
		for await (const page of pages(fetch, request, tens, {})) {
			expect(page.rows.length).toBeGreaterThan(0);
			await Promise.resolve();
			seen.push(queries.length);
		}
		expect(seen).toEqual([2, 3, 4, 5, 5]);
	});

	it('throws its error after the current page is processed', async () => {
		const { fetch } = serve(records(45));
		let count = 0;
		const failing = async (sent: ApiRequest) => {
			if (++count === 3) throw new Error('no third page');
			return await fetch(sent);
		};
		const seen: number[] = [];
		const reading = (async () => {
			for await (const { rows } of pages(failing, request, tens, {})) seen.push(rows.length);
		})();
		await expect(reading).rejects.toThrow('no third page');
		expect(seen).toEqual([10, 10]);
	});

	it('causes no unhandled rejection when it fails and reading has stopped', async () => {
		const { fetch } = serve(records(45));
		let count = 0;
		const failing = async (sent: ApiRequest) => {
			if (++count === 2) throw new Error('no second page');
			return await fetch(sent);
		};
		for await (const { rows } of pages(failing, request, tens, {})) {
			expect(rows).toHaveLength(10);
			break;
		}
		// Jest fails the test if the rejection was left unhandled.
		expect(count).toBe(2);
	});
});

describe('a list that changes while it is read', () => {
	const change = fc.array(
		fc.record({
			beforePage: fc.integer({ min: 1, max: 6 }),
			// Together fewer than a page: after a whole page of new records the next page starts like the
			// last one, as in a list without paging.
			inserts: fc.integer({ min: 0, max: 2 }),
			removes: fc.option(fc.integer({ min: 0, max: 44 }), { nil: undefined }),
		}),
		{ maxLength: 4 },
	);

	/** A list, newest first as Clerk's are, to which records are added at the head. */
	function serveChanging(
		changes: Array<{ beforePage: number; inserts: number; removes?: number }>,
		remove: boolean,
	) {
		const original = records(45).reverse();
		const all = [...original];
		const removed = new Set<unknown>();
		let next = 1_000;
		let page = 0;
		const list = serve(all);
		const fetch = async (sent: ApiRequest) => {
			for (const { inserts, removes } of changes.filter(({ beforePage }) => beforePage === page)) {
				for (let count = 0; count < inserts; count++) all.unshift(record(next++));
				// The record of the cursor stays: what Clerk does without it is not documented.
				const index = all.findIndex(({ id }) => id === `r${removes}`);
				if (remove && index >= 0 && all[index].id !== sent.query?.starting_after) {
					removed.add(all[index].id);
					all.splice(index, 1);
				}
			}
			page++;
			return await list.fetch(sent);
		};
		return { fetch, original, removed };
	}

	const idsOf = (rows: ClerkRecord[]) => rows.map(({ id }) => id);

	it('returns by cursor each record that was not removed, and none twice', async () => {
		await fc.assert(
			fc.asyncProperty(change, async (changes) => {
				const { fetch, original, removed } = serveChanging(changes, true);
				const ids = idsOf((await readAll(fetch, byCursor)).rows);
				expect(new Set(ids).size).toBe(ids.length);
				expect(ids).toEqual(
					expect.arrayContaining(idsOf(original).filter((id) => !removed.has(id))),
				);
			}),
		);
	});

	it('returns by offset each record when none is removed, and none twice', async () => {
		await fc.assert(
			fc.asyncProperty(change, async (changes) => {
				const { fetch, original } = serveChanging(changes, false);
				const ids = idsOf((await readAll(fetch, tens)).rows);
				expect(new Set(ids).size).toBe(ids.length);
				expect(ids).toEqual(expect.arrayContaining(idsOf(original)));
			}),
		);
	});

	it('returns by offset no record twice when records are added and removed', async () => {
		await fc.assert(
			fc.asyncProperty(change, async (changes) => {
				const { fetch } = serveChanging(changes, true);
				const ids = idsOf((await readAll(fetch, tens)).rows);
				expect(new Set(ids).size).toBe(ids.length);
			}),
		);
	});
});

describe('the users of the simulated Clerk, while some are added and removed', () => {
	const paging: Paging = { ...usersPaging, pageSize: 5 };
	const oldestFirst = { query: { order_by: '+created_at' } };

	/** A change to the list just before a request, by its number. */
	const change = fc.record({
		before: fc.integer({ min: 1, max: 12 }),
		makes: fc.integer({ min: 0, max: 12 }),
		removes: fc.array(fc.nat({ max: 39 }), { maxLength: 3 }),
		removesTheCursor: fc.boolean(),
	});

	it.each(['-created_at', '+created_at'])(
		'are returned once each, and none is missed, in the order %s',
		async (order) => {
			await fc.assert(
				fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
					const list = listOfUsers(40);
					const original = list.ids();
					const removed = new Set<string>();
					const remove = (id: string) => {
						removed.add(id);
						list.remove(id);
					};
					let count = 0;
					let most = 0;
					let open = 0;
					const fetch = async ({ query }: ApiRequest) => {
						most = Math.max(most, ++open);
						await Promise.resolve();
						const cursor = query?.starting_after as string | undefined;
						for (const { makes, removes, removesTheCursor } of changes.filter(
							({ before }) => before === count,
						)) {
							list.make(makes);
							removes.forEach((at) => remove(original[at]));
							if (removesTheCursor && cursor !== undefined) remove(cursor);
						}
						count++;
						open--;
						return list.respond(query);
					};
					const read = readAll(fetch, paging, { query: { order_by: order } });
					const whole = await read.catch((error: unknown) => error);
					// Without any record of a page there is no cursor to continue from.
					if (whole instanceof RequestError) {
						expect(removed.size).toBeGreaterThanOrEqual(3);
						return;
					}
					const ids = (await read).rows.map(({ id }) => id);
					expect(new Set(ids).size).toBe(ids.length);
					expect(ids).toEqual(expect.arrayContaining(original.filter((id) => !removed.has(id))));
					expect(most).toBe(1);
				}),
				{ numRuns: 200 },
			);
		},
	);

	it('are continued from an earlier record when the last of a page was removed', async () => {
		const list = listOfUsers(12);
		const original = list.ids();
		const queries: unknown[] = [];
		const { rows } = await readAll(
			async ({ query }: ApiRequest) => {
				if (queries.length === 1) original.slice(3, 5).forEach((id) => list.remove(id));
				queries.push(query?.starting_after);
				return await Promise.resolve().then(() => list.respond(query));
			},
			paging,
			oldestFirst,
		);
		expect(rows.map(({ id }) => id)).toEqual(original);
		expect(queries.slice(0, 4)).toEqual([undefined, original[4], original[3], original[1]]);
	});

	/** The list, from which `toRemove` are removed between the first page and the second. */
	function removing(toRemove: (original: string[]) => string[]) {
		const list = listOfUsers(12);
		const original = list.ids();
		const requests: ApiRequest[] = [];
		const fetch = async (request: ApiRequest) => {
			if (requests.push(request) === 2) toRemove(original).forEach((id) => list.remove(id));
			return await Promise.resolve().then(() => list.respond(request.query));
		};
		return { fetch, requests, original };
	}

	it('keep to the limit when a page overlaps the one before', async () => {
		const { fetch, original } = removing((ids) => [ids[4]]);
		const { rows } = await readAll(fetch, paging, { ...oldestFirst, range: { limit: 7 } });
		expect(rows.map(({ id }) => id)).toEqual(original.slice(0, 7));
	});

	it('are returned once each when several of a page were removed and the limit is near', async () => {
		const { fetch, original } = removing((ids) => [ids[4], ids[6], ids[7]]);
		const wide = { ...paging, pageSize: 8 };
		const { rows } = await readAll(fetch, wide, { ...oldestFirst, range: { limit: 10 } });
		expect(rows.map(({ id }) => id)).toEqual(original.slice(0, 10));
	});

	it('throw the error of Clerk when all records of a page were removed', async () => {
		const { fetch, requests } = removing((ids) => ids.slice(0, 5));
		await expect(readAll(fetch, paging, oldestFirst)).rejects.toBeInstanceOf(RequestError);
		expect(requests).toHaveLength(4);
	});

	it('are not requested from an earlier record when Clerk rejects the key', async () => {
		let count = 0;
		const fetch = async () => {
			if (count++ === 0) return records(10);
			throw new RequestError({ kind: 'response', status: 401, body: {}, request });
		};
		await expect(readAll(fetch, byCursor)).rejects.toBeInstanceOf(RequestError);
		expect(count).toBe(2);
	});
});

describe('pages of a list that Clerk sends as a whole', () => {
	const whole: Paging = { ...dataPaging, whole: true };
	const requests: ApiRequest[] = [];
	const fetch = async (sent: ApiRequest) => {
		requests.push(sent);
		return { data: records(5), total_count: 5 };
	};

	it.each<[Range, string[], boolean]>([
		[{}, ['r0', 'r1', 'r2', 'r3', 'r4'], false],
		[{ limit: 5 }, ['r0', 'r1', 'r2', 'r3', 'r4'], false],
		[{ limit: 2 }, ['r0', 'r1'], true],
		[{ limit: 2, offset: 3 }, ['r3', 'r4'], false],
		[{ limit: 2, offset: 9 }, [], false],
	])('are one request, cut to %j', async (range, ids, isTruncated) => {
		requests.length = 0;
		const read = await readAll(fetch, whole, { range });
		expect([read.rows.map(({ id }) => id), read.isTruncated]).toEqual([ids, isTruncated]);
		expect(requests).toEqual([request]);
	});
});
