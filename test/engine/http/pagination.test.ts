import fc from 'fast-check';

import type { ApiRequest, ClerkRecord, Paging } from '../../../nodes/Clerk/engine/operation';
import { RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import { pages, normalizeListResponse } from '../../../nodes/Clerk/engine/http/pagination';
import type { Range } from '../../../nodes/Clerk/engine/http/pagination';
import { dataPaging, paginatedPaging, usersPaging } from '../../../nodes/Clerk/fields/paging';
import { listOfUsers } from '../../support/userList';

const record = (number: number): ClerkRecord => ({ id: `r${number}`, created_at: number });
const records = (count: number) => Array.from({ length: count }, (_, number) => record(number));
const request: ApiRequest = { method: 'GET', path: '/things' };

type Shape = (rows: ClerkRecord[], all: number) => unknown;

const SHAPES: Record<string, Shape> = {
	'an array': (rows) => rows,
	'data with a total': (data, total_count) => ({ data, total_count }),
	'a name of its own with a total': (m2m_tokens, total_count) => ({ m2m_tokens, total_count }),
};

/** A list of Clerk's, newest last, that a test may change while it is read. */
function server(all: ClerkRecord[], shape: Shape = SHAPES['an array']) {
	const asked: Array<Record<string, unknown>> = [];
	const fetch = async ({ query = {} }: ApiRequest) => {
		asked.push(query);
		const after = all.findIndex(({ id }) => id !== undefined && id === query.starting_after);
		const start = after >= 0 ? after + 1 : Number(query.offset ?? 0);
		return shape(all.slice(start, start + Number(query.limit)), all.length);
	};
	return { fetch, asked };
}

async function readAll(
	fetch: (request: ApiRequest) => Promise<unknown>,
	paging: Paging,
	{ range = {}, query }: { range?: Range; query?: ApiRequest['query'] } = {},
) {
	const rows: ClerkRecord[] = [];
	let cut = false;
	for await (const page of pages(fetch, { ...request, ...(query && { query }) }, paging, range)) {
		rows.push(...page.rows);
		({ isTruncated: cut } = page);
	}
	return { rows, cut };
}

const tens: Paging = { ...dataPaging, pageSize: 10 };
const byCursor: Paging = { ...usersPaging, pageSize: 10 };

describe.each(Object.entries(SHAPES))('a list that answers with %s', (_, shape) => {
	it.each([0, 1, 9, 10, 11, 20, 35])(
		'of %i records is read whole, each once, in order',
		async (count) => {
			for (const paging of [tens, byCursor]) {
				const { fetch } = server(records(count), shape);
				expect((await readAll(fetch, paging)).rows).toEqual(records(count));
			}
		},
	);

	it.each([1, 9, 10, 11, 25])('gives exactly %i where that is the limit', async (limit) => {
		for (const paging of [tens, byCursor]) {
			const { fetch, asked } = server(records(40), shape);
			expect((await readAll(fetch, paging, { range: { limit } })).rows).toEqual(records(limit));
			expect(asked).toHaveLength(Math.ceil(limit / 10));
		}
	});
});

describe('an answer', () => {
	it.each([
		[[], []],
		[{ data: [], total_count: 0 }, []],
		[{ data: null, total_count: 0 }, []],
		[undefined, []],
		[null, []],
	])('%j has no rows', (body, rows) => {
		expect(normalizeListResponse(body).rows).toEqual(rows);
	});

	it('has a total only where it says a number', () => {
		expect(normalizeListResponse({ data: [], total_count: 3 }).total).toBe(3);
		expect(normalizeListResponse({ data: [], total_count: '3' }).total).toBeUndefined();
		expect(normalizeListResponse([]).total).toBeUndefined();
	});
});

describe('by cursor', () => {
	it('walks after the last record of each page, without an offset', async () => {
		const { fetch, asked } = server(records(25));
		await readAll(fetch, byCursor);
		expect(asked).toEqual([
			{ limit: 10 },
			{ limit: 10, starting_after: 'r9' },
			{ limit: 10, starting_after: 'r19' },
		]);
	});

	it.each(['created_at', '+created_at', '-created_at'])(
		'walks under the order %s',
		async (order) => {
			const { fetch, asked } = server(records(12));
			await readAll(fetch, byCursor, { query: { order_by: order } });
			expect(asked[1]).toEqual({ order_by: order, limit: 10, starting_after: 'r9' });
		},
	);

	it('does not walk under another order, which Clerk refuses', async () => {
		const { fetch, asked } = server(records(12));
		await readAll(fetch, byCursor, { query: { order_by: '-updated_at' } });
		expect(asked[1]).toEqual({ order_by: '-updated_at', limit: 10, offset: 10 });
	});

	it('does not walk behind an offset, which Clerk refuses', async () => {
		const { fetch, asked } = server(records(40));
		const { rows } = await readAll(fetch, byCursor, { range: { limit: 15, offset: 5 } });
		expect(asked).toEqual([
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

describe('by offset', () => {
	it('sends what every page needs with every page', async () => {
		const { fetch, asked } = server(records(12));
		await readAll(fetch, { ...paginatedPaging, pageSize: 10 });
		expect(asked).toEqual([
			{ paginated: true, limit: 10 },
			{ paginated: true, limit: 10, offset: 10 },
		]);
	});

	it('ignores an offset when the list is read to its end', async () => {
		const { fetch } = server(records(12));
		const { rows } = await readAll(fetch, tens, { range: { offset: 5 } });
		expect(rows).toHaveLength(12);
	});
});

describe('the size of a page', () => {
	it.each([usersPaging, dataPaging, paginatedPaging])(
		'is never more than Clerk gives',
		async (paging) => {
			const { fetch, asked } = server(records(1_200));
			await readAll(fetch, paging);
			expect(asked.map(({ limit }) => limit)).toEqual([500, 500, 500]);
			const { fetch: limited, asked: askedLimited } = server(records(1_200));
			await readAll(limited, paging, { range: { limit: 750 } });
			expect(askedLimited.map(({ limit }) => limit)).toEqual([500, 250]);
		},
	);

	// Some lists know neither limit nor offset, and answer with everything each time.
	it('does not let more through than the limit, where Clerk gives more', async () => {
		const { rows } = await readAll(async () => records(30), tens, { range: { limit: 7 } });
		expect(rows).toEqual(records(7));
	});
});

describe('the end', () => {
	it('is a page that is not full', async () => {
		const { fetch, asked } = server(records(19));
		await readAll(fetch, tens);
		expect(asked).toHaveLength(2);
	});

	it('is not a page that is smaller than asked for, where the total says that there is more', async () => {
		const all = records(45);
		const fetch = async ({ query = {} }: ApiRequest) => {
			const start = Number(query.offset ?? 0);
			return { data: all.slice(start, start + 4), total_count: all.length };
		};
		expect((await readAll(fetch, tens)).rows).toEqual(all);
	});

	it('is an empty page, whatever the total says', async () => {
		let count = 0;
		const fetch = async () => {
			count++;
			return { data: [], total_count: 45 };
		};
		expect((await readAll(fetch, tens)).rows).toEqual([]);
		expect(count).toBe(1);
	});

	it('is where a list starts anew that knows no paging', async () => {
		let count = 0;
		const { rows } = await readAll(async () => {
			count++;
			return records(10);
		}, tens);
		expect(rows).toEqual(records(10));
		expect(count).toBe(2);
	});

	it('comes although records have no ID', async () => {
		const { fetch, asked } = server(
			Array.from({ length: 25 }, (_, number) => ({ name: number })) as ClerkRecord[],
		);
		const { rows } = await readAll(fetch, tens);
		expect([rows.length, asked.length]).toEqual([25, 3]);
	});

	it.each([
		[5, 40, 'data with a total', true],
		[40, 40, 'data with a total', false],
		[40, 40, 'an array', true],
		[50, 40, 'an array', false],
	])(
		'with the limit %i of %i, as %s, may have been too early: %p',
		async (limit, count, shape, cut) => {
			const { fetch } = server(records(count), SHAPES[shape]);
			expect((await readAll(fetch, tens, { range: { limit } })).cut).toBe(cut);
		},
	);
});

describe('the next page', () => {
	it('is asked for while one is worked on, and no further one', async () => {
		const { fetch, asked } = server(records(45));
		const seen: number[] = [];
		for await (const page of pages(fetch, request, tens, {})) {
			expect(page.rows.length).toBeGreaterThan(0);
			await Promise.resolve();
			seen.push(asked.length);
		}
		expect(seen).toEqual([2, 3, 4, 5, 5]);
	});

	it('that fails is thrown after the page before it, and brings nothing else down', async () => {
		const { fetch } = server(records(45));
		let count = 0;
		const failing = async (asking: ApiRequest) => {
			if (++count === 3) throw new Error('no third page');
			return await fetch(asking);
		};
		const seen: number[] = [];
		const reading = (async () => {
			for await (const { rows } of pages(failing, request, tens, {})) seen.push(rows.length);
		})();
		await expect(reading).rejects.toThrow('no third page');
		expect(seen).toEqual([10, 10]);
	});

	it('that fails is nobody’s business once nobody reads on', async () => {
		const { fetch } = server(records(45));
		let count = 0;
		const failing = async (asking: ApiRequest) => {
			if (++count === 2) throw new Error('no second page');
			return await fetch(asking);
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
			// Together fewer than a page: a whole page of new records makes the next one start as the last
			// one did, which is how a list looks that knows no paging.
			inserts: fc.integer({ min: 0, max: 2 }),
			removes: fc.option(fc.integer({ min: 0, max: 44 }), { nil: undefined }),
		}),
		{ maxLength: 4 },
	);

	/** Newest first, as Clerk's lists are; what is new comes at the head. */
	function changing(
		changes: Array<{ beforePage: number; inserts: number; removes?: number }>,
		remove: boolean,
	) {
		const original = records(45).reverse();
		const all = [...original];
		const removed = new Set<unknown>();
		let next = 1_000;
		let page = 0;
		const list = server(all);
		const fetch = async (asking: ApiRequest) => {
			for (const { inserts, removes } of changes.filter(({ beforePage }) => beforePage === page)) {
				for (let count = 0; count < inserts; count++) all.unshift(record(next++));
				// The record that a page ended with stays: what Clerk does without it is not documented.
				const index = all.findIndex(({ id }) => id === `r${removes}`);
				if (remove && index >= 0 && all[index].id !== asking.query?.starting_after) {
					removed.add(all[index].id);
					all.splice(index, 1);
				}
			}
			page++;
			return await list.fetch(asking);
		};
		return { fetch, original, removed };
	}

	const idsOf = (rows: ClerkRecord[]) => rows.map(({ id }) => id);

	it('gives by cursor each record that was there all the time, and none twice', async () => {
		await fc.assert(
			fc.asyncProperty(change, async (changes) => {
				const { fetch, original, removed } = changing(changes, true);
				const ids = idsOf((await readAll(fetch, byCursor)).rows);
				expect(new Set(ids).size).toBe(ids.length);
				expect(ids).toEqual(
					expect.arrayContaining(idsOf(original).filter((id) => !removed.has(id))),
				);
			}),
		);
	});

	it('gives by offset no record twice, and each one that was there, as long as none goes', async () => {
		await fc.assert(
			fc.asyncProperty(change, async (changes) => {
				const { fetch, original } = changing(changes, false);
				const ids = idsOf((await readAll(fetch, tens)).rows);
				expect(new Set(ids).size).toBe(ids.length);
				expect(ids).toEqual(expect.arrayContaining(idsOf(original)));
			}),
		);
	});

	it('ends, and gives no record twice, when records come and go', async () => {
		await fc.assert(
			fc.asyncProperty(change, async (changes) => {
				const { fetch } = changing(changes, true);
				const ids = idsOf((await readAll(fetch, tens)).rows);
				expect(new Set(ids).size).toBe(ids.length);
			}),
		);
	});
});

describe('the users of the simulated Clerk, while they come and go', () => {
	const paging: Paging = { ...usersPaging, pageSize: 5 };
	const oldestFirst = { query: { order_by: '+created_at' } };

	/** What happens to the list just before a request, by its number. */
	const happening = fc.record({
		before: fc.integer({ min: 1, max: 12 }),
		makes: fc.integer({ min: 0, max: 12 }),
		removes: fc.array(fc.nat({ max: 39 }), { maxLength: 3 }),
		removesTheCursor: fc.boolean(),
	});

	it.each(['-created_at', '+created_at'])(
		'are given once each, and none is missed, in the order %s',
		async (order) => {
			await fc.assert(
				fc.asyncProperty(fc.array(happening, { maxLength: 6 }), async (happenings) => {
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
						for (const { makes, removes, removesTheCursor } of happenings.filter(
							({ before }) => before === count,
						)) {
							list.make(makes);
							removes.forEach((at) => remove(original[at]));
							if (removesTheCursor && cursor !== undefined) remove(cursor);
						}
						count++;
						open--;
						return list.answer(query);
					};
					const read = readAll(fetch, paging, { query: { order_by: order } });
					const whole = await read.catch((error: unknown) => error);
					// A page of which nothing is left leaves no place to go on from.
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

	it('are read on from an earlier one when the last of a page is gone', async () => {
		const list = listOfUsers(12);
		const original = list.ids();
		const asked: unknown[] = [];
		const { rows } = await readAll(
			async ({ query }: ApiRequest) => {
				if (asked.length === 1) original.slice(3, 5).forEach((id) => list.remove(id));
				asked.push(query?.starting_after);
				return await Promise.resolve().then(() => list.answer(query));
			},
			paging,
			oldestFirst,
		);
		expect(rows.map(({ id }) => id)).toEqual(original);
		expect(asked.slice(0, 4)).toEqual([undefined, original[4], original[3], original[1]]);
	});

	/** The list, of which `gone` are removed between the first page and the second. */
	function losing(gone: (original: string[]) => string[]) {
		const list = listOfUsers(12);
		const original = list.ids();
		const asked: ApiRequest[] = [];
		const fetch = async (request: ApiRequest) => {
			if (asked.push(request) === 2) gone(original).forEach((id) => list.remove(id));
			return await Promise.resolve().then(() => list.answer(request.query));
		};
		return { fetch, asked, original };
	}

	it('keep to the limit when a page was read in part before', async () => {
		const { fetch, original } = losing((ids) => [ids[4]]);
		const { rows } = await readAll(fetch, paging, { ...oldestFirst, range: { limit: 7 } });
		expect(rows.map(({ id }) => id)).toEqual(original.slice(0, 7));
	});

	it('give nothing twice when several of a page are gone, and little more is asked for', async () => {
		const { fetch, original } = losing((ids) => [ids[4], ids[6], ids[7]]);
		const wide = { ...paging, pageSize: 8 };
		const { rows } = await readAll(fetch, wide, { ...oldestFirst, range: { limit: 10 } });
		expect(rows.map(({ id }) => id)).toEqual(original.slice(0, 10));
	});

	it('say what Clerk refuses when nothing of a page is left to go on from', async () => {
		const { fetch, asked } = losing((ids) => ids.slice(0, 5));
		await expect(readAll(fetch, paging, oldestFirst)).rejects.toBeInstanceOf(RequestError);
		expect(asked).toHaveLength(4);
	});

	it('are not asked for from elsewhere when Clerk refuses the key', async () => {
		let count = 0;
		const fetch = async () => {
			if (count++ === 0) return records(10);
			throw new RequestError({ kind: 'response', status: 401, body: {}, request });
		};
		await expect(readAll(fetch, byCursor)).rejects.toBeInstanceOf(RequestError);
		expect(count).toBe(2);
	});
});

describe('a list that comes whole', () => {
	const whole: Paging = { ...dataPaging, whole: true };
	const asked: ApiRequest[] = [];
	const fetch = async (sent: ApiRequest) => {
		asked.push(sent);
		return { data: records(5), total_count: 5 };
	};

	it.each<[Range, string[], boolean]>([
		[{}, ['r0', 'r1', 'r2', 'r3', 'r4'], false],
		[{ limit: 5 }, ['r0', 'r1', 'r2', 'r3', 'r4'], false],
		[{ limit: 2 }, ['r0', 'r1'], true],
		[{ limit: 2, offset: 3 }, ['r3', 'r4'], false],
		[{ limit: 2, offset: 9 }, [], false],
	])('is asked for once, and cut here: %j', async (range, ids, cut) => {
		asked.length = 0;
		const read = await readAll(fetch, whole, { range });
		expect([read.rows.map(({ id }) => id), read.cut]).toEqual([ids, cut]);
		expect(asked).toEqual([request]);
	});
});
