import type { Send } from '../Clerk/engine/operation';
import { realClock } from '../Clerk/engine/rateLimit/clock';
import { Collector, idOf, withTimes } from './checkpoint';
import type { Bounds, Checkpoint, ReadResult } from './checkpoint';
import type { Feed } from './feeds';
import { PAGE_SIZE, readPage } from './page';

/** How far to step back at first from a page that left a gap. */
const STEP_BACK = PAGE_SIZE / 4;

/**
 * Reads a list with a filter by time, from the checkpoint to its newest record. Each page starts at the
 * last time of the page before; only within more records of one millisecond than a page takes, offsets
 * are needed. There, pages overlap by a row, which shows whether rows before it were removed.
 */
export async function readForwards(
	send: Send,
	feed: Feed,
	checkpoint: Checkpoint,
	{ until = Infinity, isOver = () => false, now = realClock.date }: Bounds,
): Promise<ReadResult> {
	const collector = new Collector(feed, checkpoint, until, now);
	let from = checkpoint.since;
	let offset = 0;
	let stepBack = STEP_BACK;
	/** The IDs of the rows read since `from` became what it is; the first is the list's head. */
	let readIds: string[] = [];
	for (;;) {
		// One millisecond less, as Clerk does not document whether the filter includes its own time.
		const after = { [feed.after!]: Math.max(0, from - 1) };
		const rows = await readPage(send, feed, '+', { ...after, limit: PAGE_SIZE, offset });
		const rowIds = rows.map(idOf);
		if (offset > 0 && rowIds[0] === readIds[0]) {
			throw new Error("Clerk's list ignored the offset, so its next records cannot be read");
		}
		const known = new Set(readIds);
		if (offset > 0 && !rowIds.some((id) => known.has(id))) {
			offset = Math.max(0, offset - stepBack);
			stepBack *= 2;
			continue;
		}
		collector.add(rows);
		const last = Math.max(from, ...withTimes(feed, rows).map(({ time }) => time));
		const isEnd = rows.length < PAGE_SIZE || last > until;
		// Without a new record, the next poll would start at the same ones and come no further.
		if (isEnd || (isOver() && collector.records.length > 0)) return collector.result(false);
		offset = last > from ? 0 : offset + PAGE_SIZE - 1;
		readIds = last > from ? [] : [...readIds, ...rowIds];
		stepBack = STEP_BACK;
		from = last;
	}
}
