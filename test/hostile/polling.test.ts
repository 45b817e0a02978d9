import { feeds } from '../../nodes/ClerkPollingTrigger/feeds';
import { firstCheckpoint, readSince } from '../../nodes/ClerkPollingTrigger/readSince';
import type { Checkpoint } from '../../nodes/ClerkPollingTrigger/readSince';
import { openList } from '../support/changingList';
import type { Row } from '../support/changingList';
import { seeded } from '../support/random';

/** What a polling trigger meets in lists that others fill and change while it reads them. */

const NOW = Date.UTC(2026, 5, 1);
const FUTURE = Date.UTC(2099, 0, 1);

const ids = (records: readonly object[]) => records.map((record) => (record as { id: string }).id);

describe.each([
	['newUser', 'created_at'],
	['newOrganization', 'created_at'],
	['updatedUser', 'updated_at'],
	['userSignedIn', 'last_sign_in_at'],
])('a record of %s that is dated in the future', (event, time) => {
	const feed = feeds[event];
	let now: number;
	let rows: Row[];
	let checkpoint: Checkpoint;

	const add = (id: string, at = now) => rows.push({ id, [time]: at });
	const start = async () => {
		checkpoint = await firstCheckpoint(openList(rows).send, feed, () => now);
	};
	const look = async () => {
		now += 60_000;
		// n8n stores it as JSON.
		const stored = JSON.parse(JSON.stringify(checkpoint)) as Checkpoint;
		const result = await readSince(openList(rows).send, feed, stored, { now: () => now });
		checkpoint = result.checkpoint;
		return ids(result.records);
	};

	beforeEach(() => {
		now = NOW;
		rows = [];
		add('old_1', NOW - 2);
		add('old_2', NOW - 1);
	});

	it('is returned once, and those that are created afterwards as well', async () => {
		await start();
		add('future', FUTURE);
		expect(await look()).toEqual(['future']);
		for (const id of ['a', 'b', 'c']) {
			add(id);
			expect(await look()).toEqual([id]);
			expect(await look()).toEqual([]);
		}
		expect(checkpoint.since).toBeLessThanOrEqual(now);
	});

	it.each([1, 700])('is not new when it existed before: %i of them', async (count) => {
		for (let at = 0; at < count; at++) add(`future_${at}`, FUTURE + at);
		await start();
		expect(await look()).toEqual([]);
		add('a');
		expect(await look()).toEqual(['a']);
		add('b');
		add('another', FUTURE);
		expect((await look()).sort()).toEqual(['another', 'b']);
		expect(await look()).toEqual([]);
	});

	it('is not returned again when its time has come, and no longer remembered', async () => {
		await start();
		add('soon', now + 90_000);
		expect(await look()).toEqual(['soon']);
		add('a');
		expect(await look()).toEqual(['a']);
		expect(await look()).toEqual([]);
		add('b');
		expect(await look()).toEqual(['b']);
		expect(JSON.stringify(checkpoint)).not.toContain('soon');
	});

	it('is new, and one that is dated before the last one is not, as an import can be (docs/triggers.md)', async () => {
		await start();
		add('imported', NOW - 86_400_000);
		add('future', FUTURE);
		add('a');
		expect((await look()).sort()).toEqual(['a', 'future']);
		expect(await look()).toEqual([]);
	});

	it('is returned again when it was changed', async () => {
		await start();
		add('future', FUTURE);
		await look();
		rows.find(({ id }) => id === 'future')![time] = now;
		expect(await look()).toEqual(['future']);
		expect(await look()).toEqual([]);
	});

	it('is new to an instance without others', async () => {
		rows.length = 0;
		add('existing', FUTURE);
		await start();
		add('a');
		expect(await look()).toEqual(['a']);
		expect(await look()).toEqual([]);
	});

	it('is any record to a clock that is an hour behind: each is returned once', async () => {
		await start();
		now -= 3_600_000;
		const created: string[] = [];
		const output: string[] = [];
		for (let count = 0; count < 150; count++) {
			created.push(`id_${count}`);
			add(`id_${count}`, now + 3_600_000);
			output.push(...(await look()));
		}
		expect(output).toEqual(created);
		expect(Object.keys(checkpoint.later ?? {}).length).toBeLessThan(70);
	});
});

describe('Updated User, while users are updated in bulk', () => {
	const feed = feeds.updatedUser;
	const USERS = 20_000;
	const WAITING = 2_500;
	/** Polls during which updates go on, before one that nothing disturbs. */
	const BUSY_POLLS = 3;

	interface Course {
		seed: number;
		/** Updates a second, and milliseconds a page takes: the least and the most. */
		perSecond: number[];
		pageMs: number[];
		/** Deleted users before a page: the least and the most. */
		deleted?: number[];
	}

	async function simulate({ seed, perSecond, pageMs, deleted = [0, 0] }: Course) {
		const random = seeded(seed);
		const between = ([least, most]: number[]) => least + random() * (most - least);
		let now = NOW;
		const rows = Array.from({ length: USERS }, (_, at) => ({
			id: `user_${at}`,
			updated_at: NOW - USERS + at,
		}));
		const update = (count: number, ms: number) => {
			for (let at = 0; at < count; at++) {
				const row = rows[Math.floor(random() * rows.length)];
				row.updated_at = Math.max(row.updated_at + 1, Math.floor(now + (ms * at) / count));
			}
			now += ms;
		};
		let isBusy = true;
		const { send } = openList(rows, () => {
			const ms = between(pageMs);
			update(isBusy ? Math.floor((between(perSecond) * ms) / 1_000) : 0, ms);
			for (let count = isBusy ? Math.floor(between(deleted)) : 0; count > 0; count--) {
				rows.splice(Math.floor(random() ** 2 * rows.length), 1);
			}
		});
		let checkpoint: Checkpoint = { since: NOW - 1, ids: [`user_${USERS - 1}`] };
		update(WAITING, 60_000);
		const output = new Map<string, number>();
		let twice = 0;
		let failed = 0;
		for (let poll = 0; poll <= BUSY_POLLS; poll++) {
			isBusy = poll < BUSY_POLLS;
			const result = await readSince(send, feed, checkpoint, { now: () => now }).catch(
				(error: Error) => error,
			);
			if (result instanceof Error) {
				expect(result.message).toMatch('the next poll reads the same records again');
				failed++;
				continue;
			}
			for (const record of result.records as unknown as typeof rows) {
				if (output.get(record.id) === record.updated_at) twice++;
				output.set(record.id, record.updated_at);
			}
			checkpoint = JSON.parse(JSON.stringify(result.checkpoint)) as Checkpoint;
		}
		const lost = rows.filter(
			({ id, updated_at }) => updated_at >= NOW && output.get(id) !== updated_at,
		);
		return { lost: lost.length, twice, failed };
	}

	it.each([
		{ perSecond: [50, 100], pageMs: [6_000, 11_000] },
		{ perSecond: [60, 60], pageMs: [10_000, 10_000] },
		{ perSecond: [90, 90], pageMs: [1_000, 1_000] },
		{ perSecond: [0, 60], pageMs: [100, 11_000], deleted: [0, 300] },
	])('returns each: %j', async (course) => {
		for (const seed of [1, 2]) {
			const result = await simulate({ seed, ...course });
			expect(result).toEqual({ lost: 0, twice: 0, failed: 0 });
		}
	});

	it('returns each in the end where the list moves too fast to be read', async () => {
		const course = { seed: 1, perSecond: [0, 600], pageMs: [1_000, 11_000] };
		const { failed, ...result } = await simulate(course);
		expect(result).toEqual({ lost: 0, twice: 0 });
		expect(failed).toBeGreaterThan(0);
	});

	it('goes on after a page that begins as the first one did, because the list was pushed down by as much', async () => {
		const rows = Array.from({ length: 3_000 }, (_, at) => ({ id: `user_${at}`, updated_at: at }));
		const { send, queries } = openList(rows, (page) => {
			if (page === 1) for (let at = 0; at < 19; at++) rows[at].updated_at = 10_000 + at;
		});
		const { records } = await readSince(send, feed, { since: 0, ids: [] });
		expect(queries[1].offset).toBe(19);
		expect(records).toHaveLength(3_000 - 19);
	});

	it('ends where the server ignores offsets', async () => {
		const rows = Array.from({ length: 3_000 }, (_, at) => ({ id: `user_${at}`, updated_at: at }));
		const { send, queries } = openList(rows, (page) => {
			rows[page].updated_at = 10_000 + page;
		});
		const ignoring = async ({ query }: { query?: Record<string, unknown> }) =>
			await send({ query: { ...query, offset: 0 } });
		const reading = readSince(ignoring, feed, { since: 0, ids: [] });
		await expect(reading).rejects.toThrow('the next poll reads the same records again');
		expect(queries.length).toBeLessThan(50);
	});
});

describe.each(['newUser', 'newOrganization'])(
	'more records of %s than a page in a millisecond',
	(event) => {
		const feed = feeds[event];
		const COUNT = 1_700;
		const start = { since: NOW - 1, ids: [] };
		const same = (count = COUNT, at = NOW) =>
			Array.from({ length: count }, (_, index) => ({
				id: `id_${at - NOW}_${index}`,
				created_at: at,
			}));
		const now = () => NOW + 60_000;

		it('are not new when they existed before', async () => {
			const rows = same();
			const { send } = openList(rows);
			const checkpoint = await firstCheckpoint(send, feed, now);
			expect((await readSince(send, feed, checkpoint, { now })).records).toEqual([]);
			rows.push({ id: 'a', created_at: NOW });
			expect(ids((await readSince(send, feed, checkpoint, { now })).records)).toEqual(['a']);
		});

		it.each([
			['of the first page', 0, 1],
			['of the first page', 3, 499],
			['of the first pages', 100, 900],
			['of all pages', 0, 1_690],
		])('are returned when some %s vanish, from %i on %i of them', async (_, from, count) => {
			const rows = same();
			const { send } = openList(rows, (page) => {
				if (page === 2) rows.splice(event === 'newUser' ? from : -from - count, count);
			});
			const { records } = await readSince(send, feed, start, { now });
			const output = new Set(ids(records));
			expect(output.size).toBe(records.length);
			expect(ids(rows).filter((id) => !output.has(id))).toEqual([]);
		});

		it('are returned in time although each poll has time for one page only', async () => {
			const rows = [...same(), ...same(5, NOW + 1)];
			const { send } = openList(rows);
			let checkpoint: Checkpoint = start;
			const output: string[] = [];
			for (let poll = 0; poll < 6; poll++) {
				const result = await readSince(send, feed, checkpoint, { now, isOver: () => true });
				checkpoint = JSON.parse(JSON.stringify(result.checkpoint)) as Checkpoint;
				output.push(...ids(result.records));
			}
			expect(output.sort()).toEqual(ids(rows).sort());
		});

		it('are returned whatever happens between the pages', async () => {
			for (let seed = 1; seed <= 20; seed++) {
				const random = seeded(seed);
				const upTo = (most: number) => Math.floor(random() * most);
				let count = 0;
				let at = NOW;
				const create = (howMany: number) =>
					Array.from({ length: howMany }, () => ({ id: `id_${count++}`, created_at: at }));
				const rows = create(upTo(3_000));
				const { send } = openList(rows, () => {
					rows.splice(upTo(rows.length), upTo(300));
					at += upTo(2);
					rows.push(...create(upTo(400)));
				});
				let checkpoint: Checkpoint = start;
				const output: string[] = [];
				const look = async (list = send) => {
					const result = await readSince(list, feed, checkpoint, {
						now,
						isOver: () => random() < 0.3,
					});
					checkpoint = JSON.parse(JSON.stringify(result.checkpoint)) as Checkpoint;
					output.push(...ids(result.records));
					return result.records.length;
				};
				for (let poll = 0; poll < 5; poll++) await look();
				while ((await look(openList(rows).send)) > 0);
				expect(new Set(output).size).toBe(output.length);
				const returned = new Set(output);
				expect(ids(rows).filter((id) => !returned.has(id))).toEqual([]);
			}
		});
	},
);

it('a list of new users that ignores offsets fails the poll rather than lose users', async () => {
	const rows = Array.from({ length: 1_700 }, (_, at) => ({ id: `user_${at}`, created_at: NOW }));
	const { send, queries } = openList(rows);
	const ignoring = async ({ query }: { query?: Record<string, unknown> }) =>
		await send({ query: { ...query, offset: 0 } });
	const reading = readSince(ignoring, feeds.newUser, { since: 0, ids: [] });
	await expect(reading).rejects.toThrow(/ignored the offset/);
	expect(queries.length).toBeLessThan(5);
});
