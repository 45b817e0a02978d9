import { normalizeListResponse } from '../Clerk/engine/http/pagination';
import type { ClerkRecord, QueryValue, Send } from '../Clerk/engine/operation';
import { realClock } from '../Clerk/engine/rateLimit/clock';
import { Collector, idOf, timeOf, withTimes } from './checkpoint';
import type { Checkpoint, ReadResult } from './checkpoint';
import type { Feed } from './feeds';

export type { Checkpoint } from './checkpoint';

/**
 * Reads the records of a list that are new since a checkpoint, each once, oldest first.
 *
 * Several records can have the same millisecond and appear one after the other, so a checkpoint is a
 * time and the ids read at that time. It is never later than now (`Collector`). A list can change while its pages are read: where Clerk filters
 * by time, each page starts at the time of the page before; elsewhere pages overlap by one row, which
 * shows whether rows were removed.
 */

/** Clerk's largest page: https://clerk.com/docs/reference/backend-api */
const PAGE_SIZE = 500;

/** A list without a filter is read from its newest record, and mostly nothing is new. */
const FIRST_PAGE_SIZE = 20;

/** After this many pages in a row without an unread row, the list is assumed to ignore offsets. */
const MAX_PAGES_WITHOUT_NEWS = 3;

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

export interface Bounds {
	/** Unix milliseconds; later records are left to the next call. */
	until?: number;
	/**
	 * Called between pages; once it returns true, the rest is left to the next call. Ignored for a feed
	 * without a filter: it is read backwards, so its oldest new records come last.
	 */
	isOver?: () => boolean;
	/** Returns Unix milliseconds. */
	now?: () => number;
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

async function readForwards(
	send: Send,
	feed: Feed,
	checkpoint: Checkpoint,
	{ until = Infinity, isOver = () => false, now = realClock.date }: Bounds,
): Promise<ReadResult> {
	const collector = new Collector(feed, checkpoint, until, now);
	let from = checkpoint.since;
	let offset = 0;
	for (;;) {
		// One millisecond less, as Clerk does not document whether the filter includes its own time.
		const after = { [feed.after!]: Math.max(0, from - 1) };
		const rows = await readPage(send, feed, '+', { ...after, limit: PAGE_SIZE, offset });
		collector.add(rows);
		const last = Math.max(from, ...withTimes(feed, rows).map(({ time }) => time));
		if (rows.length < PAGE_SIZE || last > until || isOver()) return collector.result(false);
		// The time stays the same only after a whole page of one millisecond.
		offset = last > from ? 0 : offset + PAGE_SIZE;
		from = last;
	}
}

async function readBackwards(
	send: Send,
	feed: Feed,
	checkpoint: Checkpoint,
	{ until = Infinity, now = realClock.date }: Bounds,
): Promise<ReadResult> {
	const collector = new Collector(feed, checkpoint, until, now);
	const readIds = new Set<string>();
	let latest: number | undefined;
	let offset = 0;
	let limit = FIRST_PAGE_SIZE;
	let stepBack = 1;
	let pagesWithoutNews = 0;
	for (;;) {
		const rows = await readPage(send, feed, '-', { limit, offset });
		if (offset > 0 && !rows.some((row) => readIds.has(idOf(row)))) {
			// No overlap: rows before this page were removed, and unread rows moved up into their position.
			offset = Math.max(0, offset - stepBack);
			stepBack *= 2;
			continue;
		}
		stepBack = 1;
		const unread = rows.filter((row) => !readIds.has(idOf(row)));
		pagesWithoutNews = unread.length === 0 ? pagesWithoutNews + 1 : 0;
		for (const row of unread) readIds.add(idOf(row));
		// A record that changed after the first page was read is left to the next poll: it has moved.
		latest ??= withTimes(feed, rows).find(({ time }) => time <= now())?.time;
		collector.add(unread, latest);
		const isPast = rows.some((row) => timeOf(feed, row) < checkpoint.since);
		if (isPast || rows.length < limit || pagesWithoutNews >= MAX_PAGES_WITHOUT_NEWS) break;
		offset += rows.length - 1;
		limit = PAGE_SIZE;
	}
	return collector.result(true);
}

async function readPage(
	send: Send,
	{ path, time, always }: Feed,
	direction: '+' | '-',
	{ offset = 0, ...query }: Record<string, QueryValue | undefined> & { offset?: number },
): Promise<ClerkRecord[]> {
	const order = { order_by: `${direction}${time}` };
	const position = offset > 0 ? { offset } : {};
	const response = await send({
		method: 'GET',
		path,
		query: { ...always, ...order, ...query, ...position } as Record<string, QueryValue>,
	});
	return normalizeListResponse(response).rows;
}
