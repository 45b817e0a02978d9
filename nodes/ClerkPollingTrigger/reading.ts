import { normalizeListResponse } from '../Clerk/engine/http/pagination';
import type { ClerkRecord, QueryValue, Send } from '../Clerk/engine/operation';
import type { Feed } from './feeds';

/**
 * What is new on a list since the last look, each record once, oldest first.
 *
 * Records of one millisecond do not all come at once, so a mark is a time and the ids seen at that
 * time. Lists change while they are read by pages: where Clerk filters by time, each page starts
 * from the time of the page before; elsewhere pages overlap by a row, which shows whether rows went.
 */

/** How far a list has been read. */
export interface Mark {
	/** Unix milliseconds; 0 where the list was empty. */
	since: number;
	/** Of the records seen at that time. */
	ids: string[];
}

export interface Reading {
	records: ClerkRecord[];
	mark: Mark;
}

/** The API's largest page. */
const PAGE = 500;

/** Mostly nothing is new, so the first look at a list without a filter is a short one. */
const FIRST_LOOK = 20;

/** Pages on end with nothing unknown, after which a list is taken for one that ignores offsets. */
const MOST_KNOWN_PAGES = 3;

const idOf = (record: ClerkRecord): string => String(record.id);

/** NaN, which is neither before nor after anything, where it did not happen yet. */
const timeOf = ({ time }: Feed, record: ClerkRecord): number =>
	typeof record[time] === 'number' ? record[time] : NaN;

/** Where to read from: what there is already is not new. */
export async function startOf(send: Send, feed: Feed): Promise<Mark> {
	const [latest] = await newest(send, feed, 1);
	if (!latest) return { since: 0, ids: [] };
	const since = timeOf(feed, latest);
	const { mark } = await readSince(send, feed, { since, ids: [] }, { until: since });
	return mark;
}

/** The last few, newest first. */
export async function newest(send: Send, feed: Feed, limit: number): Promise<ClerkRecord[]> {
	const rows = await page(send, feed, '-', { ...(feed.after && { [feed.after]: 0 }), limit });
	return rows.filter((row) => !Number.isNaN(timeOf(feed, row)));
}

/**
 * @param bounds.until - Unix milliseconds; what happened later is left for another time
 * @param bounds.isOver - asked between pages; where it says yes, the rest is left for the next time. Only where a
 *   feed can be read forwards: backwards, what happened first comes last, and has to be reached
 */
export const readSince = async (
	send: Send,
	feed: Feed,
	mark: Mark,
	bounds: { until?: number; isOver?: () => boolean } = {},
): Promise<Reading> =>
	feed.after
		? await readForwards(send, feed, mark, bounds)
		: await readBackwards(send, feed, mark, bounds);

async function readForwards(
	send: Send,
	feed: Feed,
	mark: Mark,
	{ until = Infinity, isOver = () => false }: { until?: number; isOver?: () => boolean },
): Promise<Reading> {
	const records: ClerkRecord[] = [];
	let { since } = mark;
	let ids = new Set(mark.ids);
	let offset = 0;
	for (;;) {
		const from = since;
		// One less: whether the filter takes its own time in is not said.
		const after = { [feed.after!]: Math.max(0, since - 1) };
		const rows = await page(send, feed, '+', { ...after, limit: PAGE, offset });
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
		if (rows.length < PAGE || isOver()) return { records, mark: { since, ids: [...ids] } };
		// Only a page full of one and the same millisecond does not move the time on.
		offset = since > from ? 0 : offset + PAGE;
	}
}

async function readBackwards(
	send: Send,
	feed: Feed,
	mark: Mark,
	{ until }: { until?: number },
): Promise<Reading> {
	const seen = new Set<string>();
	const fresh: ClerkRecord[] = [];
	const seenBefore = new Set(mark.ids);
	let top = until;
	let offset = 0;
	let limit = FIRST_LOOK;
	let back = 1;
	let knownPages = 0;
	for (;;) {
		const rows = await page(send, feed, '-', { limit, offset });
		if (offset > 0 && !rows.some((row) => seen.has(idOf(row)))) {
			// Rows before this page went, so that some moved up unseen.
			offset = Math.max(0, offset - back);
			back *= 2;
			continue;
		}
		back = 1;
		const unknown = rows.filter((row) => !seen.has(idOf(row)));
		knownPages = unknown.length === 0 ? knownPages + 1 : 0;
		for (const row of unknown) {
			seen.add(idOf(row));
			const time = timeOf(feed, row);
			top ??= time;
			// What happened since the first page is for the next time: its place here is not sure.
			if (time > top || !(time >= mark.since)) continue;
			if (time === mark.since && seenBefore.has(idOf(row))) continue;
			fresh.push(row);
		}
		const isPast = rows.some((row) => timeOf(feed, row) < mark.since);
		if (isPast || rows.length < limit || knownPages >= MOST_KNOWN_PAGES) break;
		offset += rows.length - 1;
		limit = PAGE;
	}
	const records = fresh.reverse().sort((a, b) => timeOf(feed, a) - timeOf(feed, b));
	return { records, mark: moved(feed, mark, records) };
}

/** @param records - in order */
function moved(feed: Feed, mark: Mark, records: ClerkRecord[]): Mark {
	if (records.length === 0) return mark;
	const since = timeOf(feed, records[records.length - 1]);
	const ids = records.filter((row) => timeOf(feed, row) === since).map(idOf);
	return { since, ids: since === mark.since ? [...mark.ids, ...ids] : ids };
}

async function page(
	send: Send,
	{ path, time, always }: Feed,
	direction: '+' | '-',
	{ offset = 0, ...query }: Record<string, QueryValue | undefined> & { offset?: number },
): Promise<ClerkRecord[]> {
	const order = { order_by: `${direction}${time}` };
	const position = offset > 0 ? { offset } : {};
	const answer = await send({
		method: 'GET',
		path,
		query: { ...always, ...order, ...query, ...position } as Record<string, QueryValue>,
	});
	return normalizeListResponse(answer).rows;
}
