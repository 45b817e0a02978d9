import { normalizeListResponse } from '../Clerk/engine/http/pagination';
import type { ClerkRecord, QueryValue, Send } from '../Clerk/engine/operation';
import type { Feed } from './feeds';

/**
 * Reads the records of a list that are new since a checkpoint, each once, oldest first.
 *
 * Several records can have the same millisecond and appear one after the other, so a checkpoint is a
 * time and the ids read at that time. A list can change while its pages are read: where Clerk filters
 * by time, each page starts at the time of the page before; elsewhere pages overlap by one row, which
 * shows whether rows were removed.
 */

/** How far a list has been read. */
export interface Checkpoint {
	/** Unix milliseconds; 0 if the list was empty. */
	since: number;
	/** The ids of the records read at that time. */
	ids: string[];
}

export interface ReadResult {
	records: ClerkRecord[];
	checkpoint: Checkpoint;
}

/** Clerk's largest page: https://clerk.com/docs/reference/backend-api */
const PAGE_SIZE = 500;

/** A list without a filter is read from its newest record, and mostly nothing is new. */
const FIRST_PAGE_SIZE = 20;

/** After this many pages in a row without an unread row, the list is assumed to ignore offsets. */
const MAX_PAGES_WITHOUT_NEWS = 3;

const idOf = (record: ClerkRecord): string => String(record.id);

/** Returns NaN, which compares as neither before nor after any time, if the event has not happened yet. */
const timeOf = ({ time }: Feed, record: ClerkRecord): number =>
	typeof record[time] === 'number' ? record[time] : NaN;

/** Returns the checkpoint after the records that exist now, which are not new. */
export async function firstCheckpoint(send: Send, feed: Feed): Promise<Checkpoint> {
	const [latest] = await readNewest(send, feed, 1);
	if (!latest) return { since: 0, ids: [] };
	const since = timeOf(feed, latest);
	const { checkpoint } = await readSince(send, feed, { since, ids: [] }, { until: since });
	return checkpoint;
}

/** Returns the last `limit` records, newest first. */
export async function readNewest(send: Send, feed: Feed, limit: number): Promise<ClerkRecord[]> {
	const rows = await readPage(send, feed, '-', { ...(feed.after && { [feed.after]: 0 }), limit });
	return rows.filter((row) => !Number.isNaN(timeOf(feed, row)));
}

/**
 * Returns the records since a checkpoint, oldest first, and the next checkpoint.
 *
 * @param bounds.until - Unix milliseconds; later records are left to the next call
 * @param bounds.isOver - called between pages; once it returns true, the rest is left to the next call.
 *   Ignored for a feed without a filter: it is read backwards, so its oldest new records come last
 */
export const readSince = async (
	send: Send,
	feed: Feed,
	checkpoint: Checkpoint,
	bounds: { until?: number; isOver?: () => boolean } = {},
): Promise<ReadResult> =>
	feed.after
		? await readForwards(send, feed, checkpoint, bounds)
		: await readBackwards(send, feed, checkpoint, bounds);

async function readForwards(
	send: Send,
	feed: Feed,
	checkpoint: Checkpoint,
	{ until = Infinity, isOver = () => false }: { until?: number; isOver?: () => boolean },
): Promise<ReadResult> {
	const records: ClerkRecord[] = [];
	let { since } = checkpoint;
	let ids = new Set(checkpoint.ids);
	let offset = 0;
	for (;;) {
		const from = since;
		// One millisecond less, as Clerk does not document whether the filter includes its own time.
		const after = { [feed.after!]: Math.max(0, since - 1) };
		const rows = await readPage(send, feed, '+', { ...after, limit: PAGE_SIZE, offset });
		const sorted = rows
			.map((row) => ({ row, time: timeOf(feed, row) }))
			.filter(({ time }) => time >= since && time <= until)
			.sort((a, b) => a.time - b.time);
		for (const { row, time } of sorted) {
			if (time > since) ids = new Set();
			since = time;
			if (ids.has(idOf(row))) continue;
			ids.add(idOf(row));
			records.push(row);
		}
		if (rows.length < PAGE_SIZE || isOver()) {
			return { records, checkpoint: { since, ids: [...ids] } };
		}
		// The time stays the same only after a whole page of one millisecond.
		offset = since > from ? 0 : offset + PAGE_SIZE;
	}
}

async function readBackwards(
	send: Send,
	feed: Feed,
	checkpoint: Checkpoint,
	{ until }: { until?: number },
): Promise<ReadResult> {
	const readIds = new Set<string>();
	const newRecords: ClerkRecord[] = [];
	const idsBefore = new Set(checkpoint.ids);
	let latest = until;
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
		for (const row of unread) {
			readIds.add(idOf(row));
			const time = timeOf(feed, row);
			latest ??= time;
			// A record that changed after the first page was read is left to the next poll: it has moved.
			if (time > latest || !(time >= checkpoint.since)) continue;
			if (time === checkpoint.since && idsBefore.has(idOf(row))) continue;
			newRecords.push(row);
		}
		const isPast = rows.some((row) => timeOf(feed, row) < checkpoint.since);
		if (isPast || rows.length < limit || pagesWithoutNews >= MAX_PAGES_WITHOUT_NEWS) break;
		offset += rows.length - 1;
		limit = PAGE_SIZE;
	}
	const records = newRecords.reverse().sort((a, b) => timeOf(feed, a) - timeOf(feed, b));
	return { records, checkpoint: nextCheckpoint(feed, checkpoint, records) };
}

/** @param records - the new records, oldest first */
function nextCheckpoint(feed: Feed, checkpoint: Checkpoint, records: ClerkRecord[]): Checkpoint {
	if (records.length === 0) return checkpoint;
	const since = timeOf(feed, records[records.length - 1]);
	const ids = records.filter((row) => timeOf(feed, row) === since).map(idOf);
	return { since, ids: since === checkpoint.since ? [...checkpoint.ids, ...ids] : ids };
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
