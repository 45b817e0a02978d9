import { feeds } from '../../nodes/ClerkPollingTrigger/feeds';
import { readSince } from '../../nodes/ClerkPollingTrigger/readSince';

describe('readSince, while the list changes', () => {
	const feed = feeds.updatedUser;
	const row = (id: number, updated_at: number) => ({ id: `user_${id}`, updated_at });

	/** Returns a sender of a list by offset, newest first, that changes before the pages with these numbers. */
	const changing = (rows: Array<ReturnType<typeof row>>, changes: Record<number, () => void>) => {
		let pages = 0;
		return async ({ query }: { query?: Record<string, unknown> }) => {
			changes[pages++]?.();
			rows.sort((a, b) => b.updated_at - a.updated_at);
			const offset = Number(query?.offset ?? 0);
			return structuredClone(rows.slice(offset, offset + Number(query?.limit)));
		};
	};
	const many = () => Array.from({ length: 3_000 }, (_, at) => row(at, 10_000 + at));
	const ids = (records: readonly object[]) =>
		records.map((record) => (record as { id: string }).id);

	it('returns every record when rows before the next page are removed', async () => {
		const rows = many();
		const send = changing(rows, { 2: () => rows.splice(0, 700), 4: () => rows.splice(0, 3) });
		const { records } = await readSince(send, feed, { since: 9_999, ids: [] });
		const output = new Set(ids(records));
		expect(rows.filter(({ id }) => !output.has(id))).toEqual([]);
		expect(output.size).toBe(records.length);
	});

	it('returns a record that changes meanwhile now or in the next call, and none twice unchanged', async () => {
		const rows = many();
		const touch = (id: number, at: number) => {
			rows.find((one) => one.id === `user_${id}`)!.updated_at = at;
		};
		const send = changing(rows, {
			2: () => touch(5, 20_000),
			3: () => [10, 2_990].forEach((id) => touch(id, 20_001)),
		});
		const first = await readSince(send, feed, { since: 9_999, ids: [] });
		const second = await readSince(send, feed, first.checkpoint);
		expect(new Set([...ids(first.records), ...ids(second.records)]).size).toBe(3_000);
		expect(ids(second.records)).toEqual(['user_5', ...ids(second.records).slice(1)]);
		expect(ids(second.records).sort()).toEqual(['user_10', 'user_2990', 'user_5']);
	});

	it('ends on a server that ignores offsets', async () => {
		const rows = many().slice(0, 500);
		const send = async () => [...rows].reverse();
		const { records } = await readSince(send, feed, { since: 0, ids: [] });
		expect(records).toHaveLength(500);
	});
});
