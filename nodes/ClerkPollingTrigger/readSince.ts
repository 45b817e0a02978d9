import type { ClerkRecord, Send } from '../Clerk/engine/operation';
import { realClock } from '../Clerk/engine/rateLimit/clock';
import { idOf, timeOf, withTimes } from './checkpoint';
import type { Bounds, Checkpoint, ReadResult } from './checkpoint';
import type { Feed } from './feeds';
import { PAGE_SIZE, readPage } from './page';
import { readBackwards } from './readBackwards';
import { readForwards } from './readForwards';

export type { Checkpoint } from './checkpoint';

/**
 * Reads the records of a list that are new since a checkpoint, each once, oldest first.
 *
 * Several records can have the same millisecond and appear one after the other, so a checkpoint is a
 * time and the IDs read at that time. It is never later than now (`Collector`). A list can change while
 * its pages are read: both directions notice rows that moved.
 */

/** Returns the checkpoint after the records that exist now, which are not new. */
export async function firstCheckpoint(
	send: Send,
	feed: Feed,
	now: () => number = realClock.date,
): Promise<Checkpoint> {
	const later: Record<string, number> = {};
	for (let offset = 0, limit = 1; ; limit = PAGE_SIZE) {
		const after = feed.after && { [feed.after]: 0 };
		const rows = await readPage(send, feed, '-', { ...after, limit, offset });
		for (const { row, time } of withTimes(feed, rows)) {
			if (time > now()) {
				later[idOf(row)] = time;
				continue;
			}
			const start = { since: time, ids: [], later };
			return (await readSince(send, feed, start, { until: time, now })).checkpoint;
		}
		if (rows.length < limit) return { since: 0, ids: [], later };
		offset += rows.length;
	}
}

/** Returns the last `limit` records, newest first. */
export async function readNewest(send: Send, feed: Feed, limit: number): Promise<ClerkRecord[]> {
	const rows = await readPage(send, feed, '-', { ...(feed.after && { [feed.after]: 0 }), limit });
	return rows.filter((row) => !Number.isNaN(timeOf(feed, row)));
}

/** Returns the records since a checkpoint, oldest first, and the next checkpoint. */
export const readSince = async (
	send: Send,
	feed: Feed,
	checkpoint: Checkpoint,
	bounds: Bounds = {},
): Promise<ReadResult> =>
	feed.after
		? await readForwards(send, feed, checkpoint, bounds)
		: await readBackwards(send, feed, checkpoint, bounds);
