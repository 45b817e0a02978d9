import type { ClerkRecord, Send } from '../Clerk/engine/operation';
import { realClock } from '../Clerk/engine/rateLimit/clock';
import { Collector, idOf, timeOf, withTimes } from './checkpoint';
import type { Bounds, Checkpoint, ReadResult } from './checkpoint';
import type { Feed } from './feeds';
import { PAGE_SIZE, readPage } from './page';

/** Mostly nothing is new. */
const FIRST_PAGE_SIZE = 20;

/** A page is aimed this far before the first unread row, so that it is met although the list moves. */
const MARGIN = PAGE_SIZE / 2;

/** How far to step back at first from a page that left a gap. */
const STEP_BACK = PAGE_SIZE / 4;

/** After this many pages in a row without an unread row the poll fails: the next one starts at the same records. */
const MAX_PAGES_WITHOUT_NEWS = 40;

/**
 * Reads a list without a filter by time, from its newest record to the checkpoint.
 *
 * The list moves meanwhile: an updated record goes to its head, and pushes the unread rows further down
 * than the next page; a deleted one pulls them up, before it. So a page counts only where it follows the
 * rows read before without a gap.
 */
export async function readBackwards(
	send: Send,
	feed: Feed,
	checkpoint: Checkpoint,
	{ until = Infinity, now = realClock.date }: Bounds,
): Promise<ReadResult> {
	const collector = new Collector(feed, checkpoint, until, now);
	const position = new Position(feed);
	const read = async (offset: number, limit: number) =>
		await readPage(send, feed, '-', { limit, offset });
	let limit = FIRST_PAGE_SIZE;
	let latest: number | undefined;
	for (;;) {
		const { offset } = position;
		const rows = await read(offset, limit);
		if (position.isHead(rows) && isSame(rows[0], (await read(0, limit))[0])) break;
		const unread = position.take(rows);
		// A record that changed after the first page was read is left to the next poll: it has moved.
		latest ??= withTimes(feed, unread).find(({ time }) => time <= now())?.time;
		collector.add(unread, latest);
		const isPast = unread.some((row) => timeOf(feed, row) < checkpoint.since);
		if (isPast || (rows.length < limit && !position.leftGap)) break;
		limit = PAGE_SIZE;
	}
	return collector.result(true);
}

const isSame = (one: ClerkRecord, other: ClerkRecord | undefined): boolean =>
	other !== undefined && idOf(one) === idOf(other);

/** Where the next page starts, in a list whose rows move. */
class Position {
	offset = 0;

	/** Whether unread rows may lie before the last page, so it does not count. */
	leftGap = false;

	private readonly readKeys = new Set<string>();

	private firstKey: string | undefined;

	/** The time of the oldest row read. */
	private oldest = Infinity;

	/** Where that row was, plus one, and how many pages ago. */
	private end = 0;

	private pages = 0;

	/** By how many rows the list last moved from page to page. */
	private drift = 0;

	private stepBack = STEP_BACK;

	private stepForward = 0;

	private pagesWithoutNews = 0;

	constructor(private readonly feed: Feed) {}

	/**
	 * Whether a later page begins as the first one did: the list ignores offsets, or it was pushed down
	 * by exactly that many rows.
	 */
	isHead(rows: ClerkRecord[]): boolean {
		return this.offset > 0 && rows.length > 0 && this.versionKey(rows[0]) === this.firstKey;
	}

	/**
	 * Moves on from a page.
	 *
	 * @returns its unread rows; none if it left a gap
	 * @throws Error when the list moves faster than it can be read
	 */
	take(rows: ClerkRecord[]): ClerkRecord[] {
		this.pages++;
		this.leftGap = this.offset > 0 && !this.follows(rows);
		if (this.leftGap) {
			this.retreat();
			return [];
		}
		const unread = rows.filter((row) => !this.isRead(row));
		const firstNews = rows.findIndex((row) => !this.isRead(row) && !this.isNewer(row));
		for (const row of unread) this.readKeys.add(this.versionKey(row));
		this.firstKey ??= rows.length > 0 ? this.versionKey(rows[0]) : undefined;
		if (firstNews < 0) this.leap(rows.length);
		else this.advance(rows, firstNews);
		return unread;
	}

	/** The last page left a gap: rows before it were removed, or the leap was too long. */
	private retreat(): void {
		this.offset = Math.max(0, this.offset - this.stepBack);
		this.stepBack *= 2;
		this.stepForward = 0;
		this.countWithoutNews();
	}

	/** The last page was all before the unread rows: those in front of them became more. */
	private leap(length: number): void {
		this.stepForward = Math.max(this.stepForward * 2, this.drift, MARGIN);
		this.offset += length - 1 + this.stepForward;
		this.countWithoutNews();
	}

	private advance(rows: ClerkRecord[], firstNews: number): void {
		const moved = this.offset + firstNews - this.end;
		this.drift = Math.max(0, Math.round(moved / this.pages));
		const times = withTimes(this.feed, rows).map(({ time }) => time);
		this.oldest = Math.min(this.oldest, ...times);
		this.end = this.offset + rows.length;
		// Pages overlap by a row at least, which shows whether rows were removed.
		this.offset = this.end - 1 + Math.max(0, this.drift - MARGIN);
		this.pages = 0;
		this.stepBack = STEP_BACK;
		this.stepForward = 0;
		this.pagesWithoutNews = 0;
	}

	private countWithoutNews(): void {
		if (++this.pagesWithoutNews < MAX_PAGES_WITHOUT_NEWS) return;
		throw new Error(
			'The list changes faster than it can be read; the next poll reads the same records again',
		);
	}

	private follows([first]: ClerkRecord[]): boolean {
		return first !== undefined && (this.isRead(first) || this.isNewer(first));
	}

	private isRead(row: ClerkRecord): boolean {
		return this.readKeys.has(this.versionKey(row));
	}

	private isNewer(row: ClerkRecord): boolean {
		return timeOf(this.feed, row) > this.oldest;
	}

	/** A row that changed is another one. */
	private versionKey(row: ClerkRecord): string {
		return `${idOf(row)} ${timeOf(this.feed, row)}`;
	}
}
