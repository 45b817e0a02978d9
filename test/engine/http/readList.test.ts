import fc from 'fast-check';

import { RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import { readList } from '../../../nodes/Clerk/engine/http/readList';
import type { ApiRequest, ClerkRecord, Paging } from '../../../nodes/Clerk/engine/operation';
import {
	dataPaging,
	oldestFirstPaging,
	orderedPaging,
	usersPaging,
} from '../../../nodes/Clerk/fields/paging';
import { seeded } from '../../support/random';
import { readSerially } from '../../support/serialReader';
import { failure, servedList, turn } from '../../support/servedList';

interface Row extends Record<string, unknown> {
	id: string;
	created_at: number;
	banned: boolean;
	last_active_at: number | null;
}

const START = 1_700_000_000_000;
const SIZE = 10;
const users: Paging = { ...usersPaging, pageSize: SIZE };
const members: Paging = { ...orderedPaging, pageSize: SIZE };
const request = (query: ApiRequest['query'] = {}): ApiRequest => ({
	method: 'GET',
	path: '/users',
	query,
});
const keep = (record: ClerkRecord) => record;
const idsOf = (rows: ClerkRecord[]) => rows.map(({ id }) => id);

let made = 0;
const rowAt = (at: number): Row => {
	const number = made++;
	// IDs say nothing about the time.
	const id = `user_${((number * 7919) % 100_003).toString(36)}_${number}`;
	const last_active_at = number % 5 === 0 ? null : START + ((number * 31) % 17);
	return { id, created_at: at, banned: number % 3 === 0, last_active_at };
};

/** Rows with a distance each to the one before; 0 is the same millisecond. */
const rowsWith = (distances: number[]): Row[] => {
	let at = START;
	return distances.map((distance) => rowAt((at += distance)));
};

const even = (count: number, distance = 1_000) => rowsWith(Array<number>(count).fill(distance));

/** Sign-ups as they are: at even times, in crowds of a millisecond, with long silences. */
const distances = fc
	.array(
		fc.record({
			count: fc.integer({ min: 1, max: 60 }),
			distance: fc.constantFrom(0, 0, 1, 2, 50, 1_000, 86_400_000),
		}),
		{ maxLength: 14 },
	)
	.map((parts) => parts.flatMap(({ count, distance }) => Array<number>(count).fill(distance)));

const manyDistances = fc
	.array(distances, { minLength: 1, maxLength: 4 })
	.map((lists) => lists.flat());

/** As the client does after a response that was lost: sends the request again. */
const repaired =
	(send: ReturnType<typeof servedList>['send'], share: number, random: () => number) =>
	async (one: ApiRequest, stop?: AbortSignal) => {
		if (random() < share) await send(one, stop).catch(() => {});
		return await send(one, stop);
	};

const faults = fc.constantFrom(0, 0.2);

const orders = fc.constantFrom('-created_at', '+created_at', 'created_at', undefined);

describe('readList of users, in slices of time', () => {
	it('returns what one cursor would have returned, in both orders, with the filters of the form', async () => {
		await fc.assert(
			fc.asyncProperty(
				distances,
				orders,
				fc.boolean(),
				fc.record({
					created_at_after: fc.option(fc.nat({ max: 100_000 }), { nil: undefined }),
					created_at_before: fc.option(fc.nat({ max: 100_000 }), { nil: undefined }),
					banned: fc.option(fc.boolean(), { nil: undefined }),
				}),
				fc.integer({ min: 1, max: 20 }),
				fc.nat(),
				faults,
				async (given, order, inclusive, filters, atOnce, seed, share) => {
					const rows = rowsWith(given);
					const { created_at_after: after, created_at_before: before, banned } = filters;
					const query = {
						...(order && { order_by: order }),
						...(after !== undefined && { created_at_after: START + after }),
						...(before !== undefined && { created_at_before: START + before }),
						...(banned !== undefined && { banned }),
					};
					const list = servedList(rows, { inclusive, random: seeded(seed) });
					const sent: ApiRequest[] = [];
					const sendAgain = repaired(list.send, share, seeded(seed + 1));
					const send = async (one: ApiRequest, stop?: AbortSignal) => {
						sent.push(one);
						return await sendAgain(one, stop);
					};
					const read = await readList(send, request(query), users, keep, { atOnce });
					const oracle = servedList(rows, { inclusive });
					const serial = await readSerially(oracle.send, request(query) as never, {
						pageSize: SIZE,
						cursor: 'starting_after',
					});
					expect(idsOf(read.rows)).toEqual(idsOf(serial));
					const pageCount = Math.ceil(serial.length / SIZE);
					// A bound that counts itself brings the crowd of a millisecond twice.
					if (!inclusive) expect(sent.length).toBeLessThanOrEqual(1.25 * pageCount + 5);
					if (pageCount <= 2) expect(sent.length).toBeLessThanOrEqual(pageCount + 1);
					expect(list.most()).toBeLessThanOrEqual(atOnce + 2);
				},
			),
			{ numRuns: 400 },
		);
	});

	it('returns each user who was there throughout once, in order, while others come and go', async () => {
		let cursorless = 0;
		await fc.assert(
			fc.asyncProperty(
				distances,
				orders,
				fc.nat(),
				fc.boolean(),
				fc.constantFrom(1, 2, 20),
				faults,
				fc.record({
					after: fc.option(fc.nat({ max: 100_000 }), { nil: undefined }),
					banned: fc.option(fc.boolean(), { nil: undefined }),
				}),
				async (given, order, seed, inclusive, atOnce, share, { after, banned }) => {
					const rows = rowsWith(given);
					const original = [...rows];
					const removed = new Set<unknown>();
					const random = seeded(seed);
					const before = (count: number, { query }: ApiRequest) => {
						for (let left = Math.floor(random() * 4); left > 0 && rows.length > 0; left--) {
							const [row] = rows.splice(Math.floor(random() * rows.length), 1);
							removed.add(row.id);
						}
						// Now and then the very record of the cursor.
						const cursor = rows.findIndex(({ id }) => id === query?.starting_after);
						if (cursor >= 0 && random() < 0.2) removed.add(rows.splice(cursor, 1)[0].id);
						for (let more = Math.floor(random() * 3); more > 0; more--) {
							rows.push(rowAt(START + 10_000_000_000_000 + count));
						}
					};
					const list = servedList(rows, { inclusive, random, before });
					const filtered = request({
						...(order && { order_by: order }),
						...(after !== undefined && { created_at_after: START + after }),
						...(banned !== undefined && { banned }),
					});
					const send = repaired(list.send, share, random);
					const reading = readList(send, filtered, users, keep, { atOnce });
					const read = await reading.catch((error: unknown) => error);
					// Without any record of a page there is no cursor to continue from.
					if (read instanceof RequestError) {
						cursorless++;
						return;
					}
					const ids = idsOf((await reading).rows);
					expect(new Set(ids).size).toBe(ids.length);
					const isAscending = order === '+created_at' || order === 'created_at';
					const stayed = servedList(
						original.filter(({ id }) => !removed.has(id)),
						{ inclusive },
					);
					const expected = idsOf(
						await readSerially(stayed.send, filtered as never, {
							pageSize: SIZE,
							cursor: 'starting_after',
						}),
					);
					const kept = new Set(expected);
					expect(ids.filter((id) => kept.has(id))).toEqual(expected);
					const times = (await reading).rows.map(({ created_at: at }) => Number(at));
					expect(times).toEqual([...times].sort((a, b) => (isAscending ? a - b : b - a)));
				},
			),
			{ numRuns: 400 },
		);
		expect(cursorless).toBeLessThan(20);
	});
});

describe('readList of users, request by request', () => {
	const reading = async (rows: Row[], options: Parameters<typeof servedList>[1] = {}) => {
		const list = servedList(rows, options);
		const { rows: read } = await readList(list.send, request(), users, keep);
		expect(idsOf(read)).toEqual(idsOf([...rows].reverse()));
		return list;
	};

	it.each([
		[0, 1],
		[SIZE - 1, 1],
		[SIZE, 2],
		[2 * SIZE - 1, 2],
		[2 * SIZE, 3],
		[3 * SIZE - 1, 3],
	])(
		'takes no request for %i users that a single reader would not take',
		async (count, requests) => {
			const list = await reading(even(count));
			expect([list.requests.length, list.most()]).toEqual([requests, 1]);
		},
	);

	it('requests as many pages at once as it may', async () => {
		const list = await reading(even(100 * SIZE));
		expect(list.most()).toBeGreaterThanOrEqual(20);
		expect(list.requests.length).toBeLessThanOrEqual(125 + 5);
	});

	it('shares the work where sign-ups are uneven', async () => {
		const burst = [...Array<number>(50).fill(86_400_000), ...Array<number>(1_500).fill(3)];
		for (const given of [burst, [...burst].reverse(), [...burst, ...burst]]) {
			const rows = rowsWith(given);
			let rounds = 0;
			// A round ends all requests that are under way.
			const list = servedList(rows);
			const inRounds = async (sent: ApiRequest, stop?: AbortSignal) => {
				const round = rounds;
				await turn();
				if (rounds === round) rounds++;
				return await list.send(sent, stop);
			};
			await readList(inRounds, request(), users, keep);
			expect(rounds).toBeLessThan(Math.ceil(rows.length / SIZE) / 2);
			expect(list.requests.length).toBeLessThanOrEqual((1.25 * rows.length) / SIZE + 5);
		}
	});

	it.each([false, true])(
		'reads a crowd of one millisecond, bounds inclusive: %p',
		async (inclusive) => {
			const crowd = [...Array<number>(60).fill(1_000), ...Array<number>(300).fill(0)];
			const rows = rowsWith([...crowd, ...Array<number>(200).fill(1_000)]);
			const list = servedList(rows, { inclusive });
			const { rows: read } = await readList(list.send, request(), users, keep);
			const oracle = servedList(rows);
			const paging = { pageSize: SIZE, cursor: 'starting_after' };
			expect(idsOf(read)).toEqual(
				idsOf(await readSerially(oracle.send, request() as never, paging)),
			);
		},
	);

	it('keeps the bounds of the form, whatever they count', async () => {
		const rows = even(300);
		const query = { created_at_after: START + 40_000, created_at_before: START + 250_000 };
		for (const inclusive of [false, true]) {
			const list = servedList(rows, { inclusive });
			const { rows: read } = await readList(list.send, request(query), users, keep);
			expect(read).toHaveLength(inclusive ? 211 : 209);
			expect(list.most()).toBeGreaterThan(3);
			for (const { query: sent = {} } of list.requests) {
				expect(Number(sent.created_at_after)).toBeGreaterThanOrEqual(query.created_at_after);
				expect(Number(sent.created_at_before)).toBeLessThanOrEqual(query.created_at_before);
			}
		}
	});

	it('reads in order where a server takes no bounds, after one slice that it does not use', async () => {
		const rows = even(200);
		const list = await reading(rows, { ignores: ['filters'] });
		const outside = list.pages().filter(({ query }) => query?.created_at_before !== undefined);
		expect(outside.length).toBeLessThanOrEqual(1);
		expect(list.pages().length).toBeLessThanOrEqual(21 + 1);
	});

	it('reads in order where a server rejects bounds', async () => {
		const rows = even(200);
		const list = servedList(rows);
		const send = async (sent: ApiRequest, stop?: AbortSignal) => {
			if (sent.query?.created_at_before !== undefined) throw failure(sent.path, 422);
			return await list.send(sent, stop);
		};
		// The first slice, whose own bound is rejected, is read on without it.
		const { rows: read } = await readList(send, request(), users, keep);
		expect(idsOf(read)).toEqual(idsOf([...rows].reverse()));
	});

	it('ends after the second request where a server takes no cursor', async () => {
		const list = servedList(even(200), { ignores: ['cursor'] });
		const { rows } = await readList(list.send, request(), users, keep);
		expect([rows.length, list.requests.length]).toEqual([SIZE, 2]);
	});

	it('reads in order where records have no time, or are in another order', async () => {
		const rows = even(200);
		const changes: Array<(row: Row) => ClerkRecord> = [
			(row) => ({ ...row, created_at: undefined }),
			(row) => ({ ...row, created_at: row.created_at * -1 }),
		];
		for (const change of changes) {
			const list = servedList(rows);
			const send = async (sent: ApiRequest, stop?: AbortSignal) =>
				((await list.send(sent, stop)) as Row[]).map(change);
			const { rows: read } = await readList(send, request(), users, keep);
			expect(idsOf(read)).toEqual(idsOf([...rows].reverse()));
			expect(list.most()).toBe(1);
		}
	});

	/** As a server that takes bounds in another unit. */
	const inUnitOf =
		(unit: number, send: ReturnType<typeof servedList>['send']) =>
		async ({ query = {}, ...sent }: ApiRequest, stop?: AbortSignal) => {
			const { created_at_after: after, created_at_before: before } = query;
			const bounds = {
				...(after !== undefined && { created_at_after: Number(after) * unit }),
				...(before !== undefined && { created_at_before: Number(before) * unit }),
			};
			return await send({ ...sent, query: { ...query, ...bounds } }, stop);
		};

	it.each([
		['-created_at', 1 / 1_000],
		['+created_at', 1_000],
	])('reads in order %s where a server takes bounds in another unit', async (order, unit) => {
		const rows = even(200);
		const list = servedList(rows);
		const send = inUnitOf(unit, list.send);
		const { rows: read } = await readList(send, request({ order_by: order }), users, keep);
		expect(idsOf(read)).toEqual(idsOf(order.startsWith('-') ? [...rows].reverse() : rows));
	});

	it.each([
		['-created_at', 1 / 1_000],
		['+created_at', 1_000],
	])(
		'reads in order %s where a server takes bounds in another unit, and the last time is not known',
		async (order, unit) => {
			const rows = even(200);
			for (const knowsLast of [false, true]) {
				const list = servedList(rows);
				const inUnit = inUnitOf(unit, list.send);
				const send = async (sent: ApiRequest, stop?: AbortSignal) => {
					if (sent.query?.limit !== 1) return await inUnit(sent, stop);
					if (!knowsLast) throw failure(sent.path, 403);
					return [{ ...((await inUnit(sent, stop)) as Row[])[0], created_at: null }];
				};
				const { rows: read } = await readList(send, request({ order_by: order }), users, keep);
				expect(idsOf(read)).toEqual(idsOf(order.startsWith('-') ? [...rows].reverse() : rows));
			}
		},
	);

	it.each(['-created_at', '+created_at'])(
		'reads in order %s where times are fractions of a millisecond, which no slice can hold',
		async (order) => {
			const rows = even(500, 0.3);
			const list = servedList(rows);
			const { rows: read } = await readList(list.send, request({ order_by: order }), users, keep);
			expect(idsOf(read)).toEqual(idsOf(order.startsWith('-') ? [...rows].reverse() : rows));
		},
	);

	it.each([
		['has no time', () => NaN],
		['has a fraction of a millisecond', (time: number) => time + 0.5],
		['is out of order', (time: number, sign: number) => time - sign * 50_000],
	])('loses no user beside one of the first pages that %s', async (_, change) => {
		// The fourth page, requested before the list is cut, reaches beyond the end of the first slice.
		const dense = Array<number>(3 * SIZE).fill(1_000);
		const sparse = Array<number>(17 * SIZE).fill(20_000);
		for (const order of ['-created_at', '+created_at']) {
			const isNewestFirst = order.startsWith('-');
			for (let odd = SIZE; odd < 9 * SIZE; odd++) {
				const rows = rowsWith(isNewestFirst ? [...sparse, ...dense] : [...dense, ...sparse]);
				const list = servedList(rows);
				const oddId = rows[isNewestFirst ? rows.length - 1 - odd : odd].id;
				const send = async (sent: ApiRequest, stop?: AbortSignal) => {
					const page = await list.send(sent, stop);
					if (!Array.isArray(page)) return page;
					return (page as Row[]).map((row) => {
						const created_at = change(row.created_at, isNewestFirst ? -1 : 1);
						return row.id === oddId ? { ...row, created_at } : row;
					});
				};
				const { rows: read } = await readList(send, request({ order_by: order }), users, keep);
				expect([odd, idsOf(read).sort()]).toEqual([odd, idsOf(rows).sort()]);
			}
		}
	});

	it('goes on without the total and the last user', async () => {
		const rows = even(500);
		const list = servedList(rows);
		const send = async (sent: ApiRequest, stop?: AbortSignal) => {
			if (sent.path.endsWith('/count') || sent.query?.limit === 1) throw failure(sent.path, 403);
			return await list.send(sent, stop);
		};
		const { rows: read } = await readList(send, request(), users, keep);
		expect(idsOf(read)).toEqual(idsOf([...rows].reverse()));
		expect(list.requests.length).toBeLessThanOrEqual(1.25 * 50 + 5);
		expect(list.most()).toBeGreaterThan(1);
	});

	it('does not wait for the total and the last user at the end', async () => {
		const list = servedList(even(45));
		const send = async (sent: ApiRequest, stop?: AbortSignal) => {
			if (!sent.path.endsWith('/count')) return await list.send(sent, stop);
			return await new Promise((_, reject) => {
				stop?.addEventListener('abort', () => reject(new Error('stopped')));
			});
		};
		expect((await readList(send, request(), users, keep)).rows).toHaveLength(45);
	});

	it('stops the other slices when one fails, and throws its error', async () => {
		const list = servedList(even(1_000));
		const signals: AbortSignal[] = [];
		let stopped = 0;
		let count = 0;
		const send = async (sent: ApiRequest, stop?: AbortSignal) => {
			count++;
			if (count < 40) return await list.send(sent, stop);
			if (count === 40) {
				// Until the others wait.
				for (let left = 40; left > 0; left--) await turn();
				throw failure(sent.path, 500);
			}
			return await new Promise((_, reject) => {
				const end = () => {
					stopped++;
					reject(new Error('stopped'));
				};
				if (stop!.aborted) end();
				// One each, so that not too many listen to one; kept, or it would be collected.
				signals.push(AbortSignal.any([stop!]));
				signals[signals.length - 1].addEventListener('abort', end);
			});
		};
		const error: unknown = await readList(send, request(), users, keep).catch((e: unknown) => e);
		expect(error).toMatchObject({ failure: { status: 500 } });
		const after = count;
		await turn();
		expect(count).toBe(after);
		expect(stopped).toBeGreaterThan(0);
	});

	it('reads in order with a limit, an offset, or one page at once', async () => {
		const rows = even(200);
		for (const [query, reading, pages] of [
			[{}, { range: { limit: 100 } }, 10],
			[{}, { range: { limit: 100, offset: 20 } }, 10],
			[{}, { atOnce: 1 }, 21],
			[{ order_by: '-last_active_at' }, { atOnce: 1 }, 22],
		] as const) {
			const list = servedList(rows);
			await readList(list.send, request(query), users, keep, reading);
			expect([list.requests.length, list.most()]).toEqual([pages, 1]);
		}
	});

	it('reads the whole list, whatever offset is in the query', async () => {
		const rows = even(200);
		for (const atOnce of [1, 20]) {
			const list = servedList(rows);
			const { rows: read } = await readList(list.send, request({ offset: 30 }), users, keep, {
				atOnce,
			});
			expect(idsOf(read)).toEqual(idsOf([...rows].reverse()));
			expect(list.requests.filter(({ query }) => 'offset' in (query ?? {}))).toEqual([]);
		}
	});

	it('leaves out what is not kept', async () => {
		const list = servedList(even(400));
		const { rows } = await readList(list.send, request(), users, (record) =>
			record.banned ? String(record.id) : undefined,
		);
		expect(rows.length).toBeGreaterThan(100);
		expect(rows.every((row) => typeof row === 'string')).toBe(true);
	});
});

describe('readList of users, in an order that changes', () => {
	/** As the list, sorted by the last activity where that is asked for, those without one at an end. */
	const sorting = (rows: Row[], without: number) => {
		const list = servedList(rows);
		const send = async (sent: ApiRequest, stop?: AbortSignal) => {
			const page = await list.send(sent, stop);
			const order = String(sent.query?.order_by);
			if (!order.endsWith('last_active_at')) return page;
			const sign = order.startsWith('-') ? -1 : 1;
			return [...rows]
				.sort((a, b) => (a.last_active_at ?? without) - (b.last_active_at ?? without))
				.map((row, at, all) => (sign === 1 ? row : all[all.length - 1 - at]))
				.slice(0, Number(sent.query?.limit));
		};
		return { list, send };
	};

	it.each([
		['-last_active_at', 1e15],
		['+last_active_at', 1e15],
		['-last_active_at', -1e15],
		['+last_active_at', -1e15],
	])('reads by creation, and sorts by %s, those without at %f', async (order, without) => {
		const rows = even(300);
		const { list, send } = sorting(rows, without);
		const { rows: read } = await readList(send, request({ order_by: order }), users, keep);
		const expected = [...rows].sort(
			(a, b) => (a.last_active_at ?? without) - (b.last_active_at ?? without),
		);
		if (order.startsWith('-')) expected.reverse();
		expect(idsOf(read)).toEqual(idsOf(expected));
		expect(list.most()).toBeGreaterThan(3);
		const others = list.requests.slice(1).map(({ query }) => String(query?.order_by ?? ''));
		expect(others.filter((one) => one.endsWith('last_active_at'))).toEqual([]);
	});

	it.each([1, 20])(
		'loses none that was there throughout, %i at once, while others are deleted',
		async (atOnce) => {
			const rows = even(300);
			const original = [...rows];
			const random = seeded(atOnce);
			const list = servedList(rows, {
				random,
				before: () => void rows.splice(Math.floor(random() * rows.length), 1),
			});
			const reading = request({ order_by: '-last_active_at' });
			const { rows: read } = await readList(list.send, reading, users, keep, { atOnce });
			const ids = idsOf(read);
			expect(new Set(ids).size).toBe(ids.length);
			expect(ids).toEqual(expect.arrayContaining(idsOf(rows)));
			expect(idsOf(original)).toEqual(expect.arrayContaining(ids));
		},
	);

	it('takes one request for one page, in the order of Clerk', async () => {
		const rows = even(SIZE - 1);
		const { list, send } = sorting(rows, 1e15);
		const query = { order_by: '-last_active_at' };
		const { rows: read } = await readList(send, request(query), users, keep);
		expect(idsOf(read)).toEqual(idsOf((await send(request({ ...query, limit: SIZE }))) as Row[]));
		expect(list.requests).toHaveLength(2);
	});

	it('reads by offset, one page after the other, in an order that is not in the record as a number', async () => {
		const list = servedList(even(100));
		await readList(list.send, request({ order_by: '+last_name' }), users, keep);
		expect(list.requests[3].query).toMatchObject({ order_by: '+last_name', offset: 30 });
		expect(list.most()).toBe(1);
	});
});

describe('readList by offset, with a total', () => {
	const LARGE = 50;
	/** Of pages of 50; three times as many as the lists of a large application see. */
	const churn = fc.record({
		removes: fc.integer({ min: 0, max: 3 }),
		adds: fc.integer({ min: 0, max: 2 }),
		spares: fc.double({ min: 0, max: 0.9, noNaN: true }),
	});

	it.each([
		['-created_at', { ...orderedPaging, pageSize: LARGE } as Paging],
		['+created_at', { ...oldestFirstPaging, pageSize: LARGE } as Paging],
	])('returns in the order %s each row that was there throughout, once', async (order, paging) => {
		let gaveUp = 0;
		await fc.assert(
			fc.asyncProperty(
				manyDistances,
				churn,
				fc.nat(),
				fc.constantFrom(1, 20),
				faults,
				fc.option(fc.boolean(), { nil: undefined }),
				async (given, { removes, adds, spares }, seed, atOnce, share, banned) => {
					const rows = rowsWith(given);
					const original = [...rows];
					const removed = new Set<unknown>();
					const random = seeded(seed);
					const before = (count: number) => {
						if (random() < spares) return;
						for (let left = removes; left > 0 && rows.length > 0; left--) {
							const [row] = rows.splice(Math.floor(random() * rows.length), 1);
							removed.add(row.id);
						}
						for (let more = adds; more > 0; more--)
							rows.push(rowAt(START + 10_000_000_000_000 + count));
					};
					const list = servedList(rows, { total: true, random, before });
					const filtered = request({
						order_by: order,
						...(banned !== undefined && { banned }),
					});
					const send = repaired(list.send, share, random);
					const read = await readList(send, filtered, paging, keep, { atOnce });
					const ids = idsOf(read.rows);
					expect(new Set(ids).size).toBe(ids.length);
					const stayed = servedList(original.filter(({ id }) => !removed.has(id)));
					const expected = idsOf(
						await readSerially(stayed.send, filtered as never, {
							pageSize: SIZE,
						}),
					);
					const kept = new Set(expected);
					const found = ids.filter((id) => kept.has(id));
					// After it gave up, it reads page by page.
					const isSerial = list.requests.some(({ query }) => query?.offset === LARGE);
					if (isSerial) gaveUp++;
					else expect(found).toEqual(expected);
				},
			),
			{ numRuns: 400 },
		);
		expect(gaveUp).toBe(0);
	});

	it('returns a list that does not change as one reader would, with a request more where it has two pages', async () => {
		await fc.assert(
			fc.asyncProperty(
				distances,
				fc.nat(),
				fc.integer({ min: 1, max: 20 }),
				async (given, seed, atOnce) => {
					const rows = rowsWith(given);
					const list = servedList(rows, { total: true, random: seeded(seed) });
					const read = await readList(list.send, request(), members, keep, { atOnce });
					const oracle = servedList(rows, { total: true });
					const serial = await readSerially(oracle.send, request() as never, { pageSize: SIZE });
					expect(idsOf(read.rows)).toEqual(idsOf(serial));
					expect(read.total).toBe(rows.length);
					const pageCount = Math.max(1, Math.ceil(rows.length / SIZE));
					expect(list.requests.length).toBeLessThanOrEqual(1.25 * pageCount + 5);
					if (pageCount === 1) expect(list.requests).toHaveLength(1);
					if (pageCount === 2) expect(list.requests.length).toBeLessThanOrEqual(3);
					expect(list.most()).toBeLessThanOrEqual(atOnce);
				},
			),
			{ numRuns: 200 },
		);
	});

	it('requests as many pages at once as it may', async () => {
		const list = servedList(even(500), { total: true });
		await readList(list.send, request(), members, keep);
		expect(list.most()).toBe(20);
	});

	it('ends after the second request where a server takes no offset', async () => {
		const list = servedList(even(200), { total: true, ignores: ['offset'] });
		const { rows } = await readList(list.send, request(), members, keep);
		expect([rows.length, list.requests.length]).toEqual([SIZE, 2]);
	});

	it('reads one page after the other, without asking for the first one twice, where there is no total', async () => {
		const list = servedList(even(95));
		const { rows } = await readList(list.send, request(), members, keep);
		expect([rows.length, list.requests.length, list.most()]).toEqual([95, 10, 1]);
	});

	it('reads one page after the other where records have no time', async () => {
		const list = servedList(even(95), { total: true });
		const send = async (sent: ApiRequest, stop?: AbortSignal) => {
			const { data, total_count } = (await list.send(sent, stop)) as {
				data: Row[];
				total_count: number;
			};
			return { data: data.map(({ id }) => ({ id })), total_count };
		};
		const { rows } = await readList(send, request(), members, keep);
		expect([rows.length, list.requests.length, list.most()]).toEqual([95, 10, 1]);
	});

	it.each([{ order_by: '+name' }, { order_by: '-members_count' }])(
		'reads one page after the other in the order of %j',
		async (query) => {
			const list = servedList(even(95), { total: true });
			await readList(list.send, request(query), members, keep);
			expect(list.most()).toBe(1);
		},
	);

	it('reads lists without an order of their own one page after the other', async () => {
		const list = servedList(even(95), { total: true });
		await readList(list.send, request(), { ...dataPaging, pageSize: SIZE }, keep);
		expect(list.most()).toBe(1);
	});

	it.each([
		['too small', (total: number) => total - 120, 45],
		['one too small', (total: number) => total - 1, 45],
		['one too large', (total: number) => total + 1, 45],
		['much too large', () => 1_000_000, 60],
	])('returns all rows where the total is %s', async (_, change, most) => {
		const rows = even(195);
		const list = servedList(rows, { total: true });
		let sent = 0;
		const send = async (one: ApiRequest, stop?: AbortSignal) => {
			if (sent++ === 100) throw failure(one.path, 500);
			const response = (await list.send(one, stop)) as { data: Row[]; total_count: number };
			return { ...response, total_count: change(response.total_count) };
		};
		const { rows: read } = await readList(send, request(), members, keep);
		expect(idsOf(read)).toEqual(idsOf([...rows].reverse()));
		expect(list.requests.length).toBeLessThanOrEqual(most);
	});

	it('reads one page after the other where a server takes no offset, and rows are added', async () => {
		const rows = even(200);
		const before = (count: number) => {
			if (count === 1) rows.push(rowAt(START + 10_000_000));
		};
		const list = servedList(rows, { total: true, ignores: ['offset'], before });
		await readList(list.send, request(), members, keep);
		expect([list.requests.length, list.most()]).toEqual([4, 1]);
	});

	it('ends the pages side by side at the first one that is not sorted', async () => {
		const list = servedList(even(2_000), { total: true });
		const requested: number[] = [];
		const send = async (sent: ApiRequest, stop?: AbortSignal) => {
			const response = (await list.send(sent, stop)) as { data: Row[]; total_count: number };
			requested.push(Number(sent.query?.offset ?? 0));
			const isOdd = sent.query?.offset === 27;
			return isOdd ? { ...response, data: [...response.data].reverse() } : response;
		};
		const { rows } = await readList(send, request(), members, keep);
		expect(rows).toHaveLength(2_000);
		// Pages of ten, one after the other, have offsets of whole tens.
		const sideBySide = requested.slice(0, requested.indexOf(10));
		expect(sideBySide.length).toBeLessThanOrEqual(2 + 2 * 20);
	});

	it.each([
		[1, 300],
		[1, 500],
		[20, 300],
		[20, 500],
	])(
		'goes on with a gap as long as its pages bring records: %i at once, a gap of %i',
		async (atOnce, burst) => {
			const paging: Paging = { ...orderedPaging, pageSize: 100 };
			const rows = even(6_000);
			const original = [...rows];
			// Newer ones, so that all later pages move.
			const before = (sent: number) => {
				if (sent === 40) rows.splice(-burst);
				// While the gap is read.
				if (sent > 62) rows.splice(-5);
			};
			const list = servedList(rows, { total: true, before });
			const read = await readList(list.send, request(), paging, keep, { atOnce });
			const serial = list.requests.filter(({ query }) => query?.offset === 100);
			expect([serial, list.requests.length]).toEqual([[], expect.any(Number)]);
			const ids = idsOf(read.rows);
			expect(new Set(ids).size).toBe(ids.length);
			const [stayed, all] = [new Set(idsOf(rows)), new Set(idsOf(original))];
			expect(ids.filter((id) => stayed.has(id))).toHaveLength(rows.length);
			expect(ids.every((id) => all.has(id))).toBe(true);
			expect(list.requests.length).toBeLessThan(3 * 62);
		},
	);

	it('asks for no page beyond the limit', async () => {
		const list = servedList(even(200), { total: true });
		const { rows } = await readList(list.send, request(), members, keep, { range: { limit: 35 } });
		expect([rows.length, list.requests.length]).toEqual([35, 4]);
	});

	it('reads the start again for the records that were added meanwhile', async () => {
		const rows = even(100);
		const before = (count: number) => {
			if (count === 5) rows.push(rowAt(START + 10_000_000), rowAt(START + 10_000_001));
		};
		const list = servedList(rows, { total: true, before });
		const read = await readList(list.send, request(), members, keep);
		expect(read.rows).toHaveLength(102);
		expect(read.total).toBe(102);
	});

	it('reads the end again for the records that were added meanwhile, oldest first', async () => {
		const rows = even(100);
		const before = (count: number) => {
			if (count === 9) rows.push(rowAt(START + 10_000_000), rowAt(START + 10_000_001));
		};
		// The last pages are responded to first, and the newest total comes with an earlier one.
		const responses = seeded(3);
		const list = servedList(rows, { total: true, random: responses, before });
		const paging = { ...oldestFirstPaging, pageSize: SIZE };
		const read = await readList(list.send, request({ order_by: '+created_at' }), paging, keep);
		expect(idsOf(read.rows)).toEqual(idsOf(rows));
		expect(read.total).toBe(102);
		expect(list.requests.filter(({ query }) => query?.offset === undefined)).toHaveLength(1);
	});

	it.each([
		['few', 6],
		['more than a page', 45],
		['nine pages', 90],
	])(
		'returns all rows where %s have one time, in another order in each response',
		async (_, crowd) => {
			const few = Array<number>(17).fill(1_000);
			const many = [1_000, ...Array<number>(crowd - 1).fill(0)];
			const lists = [
				[...few, ...many, ...few, ...many, ...few],
				[...many, ...few],
				[...few, ...many],
			];
			await fc.assert(
				fc.asyncProperty(
					fc.constantFrom(...lists),
					fc.constantFrom('-created_at', '+created_at'),
					fc.nat(),
					fc.constantFrom(1, 20),
					async (given, order_by, seed, atOnce) => {
						const rows = rowsWith(given);
						const shuffle = seeded(seed + 1);
						const list = servedList(rows, { total: true, random: seeded(seed), shuffle });
						const read = await readList(list.send, request({ order_by }), members, keep, {
							atOnce,
						});
						expect(idsOf(read.rows).sort()).toEqual(idsOf(rows).sort());
					},
				),
				{ numRuns: 60 },
			);
		},
	);

	it('takes few requests more where a total is too large, and ties keep their order', async () => {
		const rows = rowsWith(
			Array.from({ length: 40 }, () => [1_000, ...Array<number>(24).fill(0)]).flat(),
		);
		const list = servedList(rows, { total: true });
		const send = async (one: ApiRequest, stop?: AbortSignal) => {
			const response = (await list.send(one, stop)) as { data: Row[]; total_count: number };
			return { ...response, total_count: response.total_count + 1 };
		};
		const paging = { ...members, pageSize: 50 };
		const { rows: read } = await readList(send, request(), paging, keep);
		expect(idsOf(read).sort()).toEqual(idsOf(rows).sort());
		expect(list.requests.length).toBeLessThanOrEqual(1.25 * 20 + 5);
	});
});

describe('readList, when requests fail', () => {
	it.each([
		['users', users, false],
		['memberships', members, true],
	])('of %s, throws the first error, and sends nothing afterwards', async (_, paging, total) => {
		await fc.assert(
			fc.asyncProperty(distances, fc.nat({ max: 60 }), fc.nat(), async (given, failsFrom, seed) => {
				const rows = rowsWith(given);
				const list = servedList(rows, { total, random: seeded(seed) });
				let sent = 0;
				let open = 0;
				const send = async (one: ApiRequest, stop?: AbortSignal) => {
					const count = sent++;
					open++;
					try {
						const response = await list.send(one, stop);
						if (count >= failsFrom) throw failure(one.path, 500);
						return response;
					} finally {
						open--;
					}
				};
				const read = await readList(send, request(), paging, keep).catch((e: unknown) => e);
				const isWhole = sent <= failsFrom;
				if (isWhole) expect((read as { rows: unknown[] }).rows).toHaveLength(rows.length);
				if (read instanceof Error) expect(read).toMatchObject({ failure: { status: 500 } });
				// Only the total and the end, which reading does without, are still under way.
				expect(open).toBeLessThanOrEqual(2);
				const before = sent;
				for (let left = 30; left > 0; left--) await turn();
				expect([sent, open]).toEqual([before, 0]);
			}),
			{ numRuns: 150 },
		);
	});

	it('says how many records it had read', async () => {
		const list = servedList(even(100));
		const send = async (one: ApiRequest) => {
			if (list.requests.length === 3) throw failure(one.path, 500);
			return await list.send(one);
		};
		const reading = readList(send, request(), users, keep, { range: { limit: 90 } });
		await expect(reading).rejects.toMatchObject({ recordsRead: 3 * SIZE });
	});

	it('adds nothing to an error that is not of a request', async () => {
		const stopped = new Error('stopped');
		const reading = readList(async () => await Promise.reject(stopped), request(), users, keep);
		await expect(reading).rejects.toBe(stopped);
		expect(stopped).not.toHaveProperty('recordsRead');
	});

	it.each([[{}], [{ message: 'Blocked' }], ['<html>'], [null], [{ total_count: 0 }]])(
		'takes %j for no list, as an empty one would make every record seem deleted',
		async (response) => {
			const one = request();
			const reading = readList(async () => await Promise.resolve(response), one, users, keep);
			await expect(reading).rejects.toMatchObject({
				failure: { kind: 'invalidResponse', status: 200, request: { path: one.path } },
			});
		},
	);
});
