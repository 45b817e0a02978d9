import { feeds } from '../../nodes/ClerkPollingTrigger/feeds';
import { firstCheckpoint, readSince } from '../../nodes/ClerkPollingTrigger/readSince';
import type { Checkpoint } from '../../nodes/ClerkPollingTrigger/readSince';
import { openList } from '../support/changingList';

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
	let rows: Array<{ id: string } & Record<string, any>>;
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
