import type { ApiRequest, ClerkRecord, Paging, Send } from '../operation';
import { isRejected } from './outcome';
import { normalizeListResponse, orderOf, readTotal } from './pagination';
import { SideBySide } from './sideBySide';
import { MisplacedPageError, readLastTime, Slice, TimeOrder } from './slice';

/**
 * Reads a list with a cursor in slices of time, side by side: each record has one time of creation for
 * ever, so it is in one slice, whatever comes and goes meanwhile.
 *
 * The first pages are read one after the other. Then a second slice shows whether the server takes the
 * filters that slices are made of, the total and the last record are requested, and the rest of the
 * list is split into as many slices as are worth it. A reader that is done takes the later half of what
 * another has still to read.
 */

/** Pages that are read one after the other: two pages take no more than three requests. */
const PAGES_IN_ORDER = 3;

/** Pages that the first slice keeps when the second begins. */
const FIRST_LEAP_PAGES = 4;

/** A slice is split only where this many pages are expected in it. */
const MIN_PAGES_TO_SPLIT = 2.5;

/** Slices a page: each of them may end with a page that is not full. */
const SLICES_PER_PAGE = 0.2;

/**
 * Reads the whole list.
 *
 * @param toRow - makes what is kept of a record; undefined leaves it out
 * @param atOnce - how many pages are requested at once
 * @throws RequestError, CancelledError
 */
export async function readSlices<T>(
	send: Send,
	request: ApiRequest,
	paging: Paging,
	toRow: (record: ClerkRecord) => T | undefined,
	atOnce: number,
): Promise<T[]> {
	return await new SliceReader(send, request, paging, toRow, atOnce).read();
}

class SliceReader<T> {
	private readonly times: TimeOrder;

	private readonly head: Slice<T>;

	/** In the order of the list. */
	private readonly slices: Array<Slice<T>>;

	private readonly readers: SideBySide;

	/** Requests that help to split the list; reading goes on without them. */
	private readonly aids: SideBySide;

	/** Records read. */
	private count = 0;

	private pages = 0;

	/** The length of the list and the time of its last record, once they were requested. */
	private extent: { total?: number; end?: number } | undefined;

	private lastTime: Promise<number | undefined> | undefined;

	/** Its first page shows whether the server takes the filters of a slice. */
	private second: Slice<T> | undefined;

	private isSpread = false;

	private isAbandoned = false;

	constructor(
		send: Send,
		private readonly base: ApiRequest,
		private readonly paging: Paging,
		private readonly toRow: (record: ClerkRecord) => T | undefined,
		atOnce: number,
	) {
		this.times = new TimeOrder(orderOf(base, paging)!);
		this.head = this.sliceOf(-Infinity, Infinity);
		this.slices = [this.head];
		this.readers = new SideBySide(send, atOnce);
		this.aids = new SideBySide(send, 2);
	}

	async read(): Promise<T[]> {
		this.start(this.head);
		try {
			await this.readers.end();
		} finally {
			this.aids.cancel();
		}
		return this.slices.flatMap(({ rows }) => rows);
	}

	private readonly sliceOf = (from: number, to: number): Slice<T> =>
		new Slice<T>(this.base, this.paging, this.times, from, to);

	private start(slice: Slice<T>): void {
		this.readers.start(async () => await this.walk(slice));
	}

	/** Reads a slice to its end. */
	private async walk(slice: Slice<T>): Promise<void> {
		let next: Promise<unknown> | undefined = this.request(slice);
		while (next) {
			const body: unknown = await next.catch((error: unknown) => this.onRejected(slice, error));
			const kept = this.take(slice, body);
			if (!this.slices.includes(slice)) return;
			next = slice.isDone ? undefined : this.request(slice);
			// The next page is on its way while the rows of this one are made.
			next?.catch(() => {});
			for (const record of kept) {
				const row = this.toRow(record);
				if (row !== undefined) slice.rows.push(row);
			}
			this.count += kept.length;
			this.split();
		}
		// A server that takes the filters in another way leaves out the records of the second slice. It is
		// empty only if the last record is known to come before it.
		const isEmpty = slice === this.second && slice.density === undefined;
		if (isEmpty && !((await this.lastTime)! < slice.from)) this.abandon(false);
	}

	private async request(slice: Slice<T>): Promise<unknown> {
		for (;;) {
			try {
				return await this.readers.send(slice.request());
			} catch (error) {
				if (!isRejected(error) || !slice.stepBack()) throw error as Error;
			}
		}
	}

	/** A server that rejects the filters of a slice is read in order. @throws any other error */
	private onRejected(slice: Slice<T>, error: unknown): void {
		const isAbandoned = !this.slices.includes(slice);
		const isFilter = slice !== this.head && slice.pages === 0 && isRejected(error);
		if (!isAbandoned && !isFilter) throw error as Error;
		this.abandon(false);
	}

	/** @returns the records of a page */
	private take(slice: Slice<T>, body: unknown): ClerkRecord[] {
		const { rows, total } = normalizeListResponse(body);
		const isHead = slice === this.head;
		this.pages++;
		try {
			const kept = slice.advance(rows, total, !isHead);
			if (this.second && !this.head.isSorted) this.abandon(isHead);
			return kept;
		} catch (error) {
			if (!(error instanceof MisplacedPageError)) throw error as Error;
			this.abandon(isHead);
			return [];
		}
	}

	/** Drops all slices but the first, and reads on in order from there. @param isReading - whether the first one is at work */
	private abandon(isReading: boolean): void {
		if (this.isAbandoned) return;
		this.isAbandoned = true;
		this.slices.splice(1);
		const isIdle = this.head.isDone && !isReading;
		this.head.reopen();
		if (isIdle) this.start(this.head);
	}

	/** Splits what is left, where that is worth it. */
	private split(): void {
		if (this.isAbandoned) return;
		if (!this.second) return this.begin();
		if (!this.extent || this.second?.pages === 0) return;
		if (!this.isSpread) {
			this.isSpread = true;
			this.splitLargest(Math.floor(this.rest / this.paging.pageSize / 2));
		}
		while (this.splitLargest(1)) continue;
	}

	/** Begins a second slice. */
	private begin(): void {
		const { pages, density, position, isDone, isSorted } = this.head;
		if (pages < PAGES_IN_ORDER || isDone || !isSorted) return;
		this.splitAt(this.head, position + (FIRST_LEAP_PAGES * this.paging.pageSize) / density!);
		this.second = this.slices[1];
		this.lastTime = readLastTime(this.aids.send, this.base, this.paging, this.times);
		this.aids.start(async () => {
			const [total, end] = await Promise.all([this.readTotal(), this.lastTime]);
			this.extent = { total, end };
			this.split();
		});
	}

	private async readTotal(): Promise<number | undefined> {
		return await readTotal(this.aids.send, this.base, this.paging).catch(() => undefined);
	}

	/** How many records are still to be read, as far as is known. */
	private get rest(): number {
		return (this.extent?.total ?? Infinity) - this.count;
	}

	private get maxSlices(): number {
		const pages = (this.extent?.total ?? 0) / this.paging.pageSize;
		return 2 + Math.floor(SLICES_PER_PAGE * Math.max(this.pages, pages));
	}

	/** Splits new slices off the one with the most records to come. @returns whether that was worth it */
	private splitLargest(most: number): boolean {
		const { pageSize } = this.paging;
		const count = Math.min(most, this.readers.room, this.maxSlices - this.slices.length);
		const end = this.extent?.end ?? Infinity;
		const expected = (slice: Slice<T>) => Math.min(slice.expected(end), this.rest);
		const largest = this.slices.reduce((a, b) => (expected(b) > expected(a) ? b : a));
		if (count < 1 || expected(largest) < MIN_PAGES_TO_SPLIT * pageSize) return false;
		const { position, density } = largest;
		// The next page is on its way.
		const start = position + pageSize / density!;
		const byTime = Math.min(largest.to, end) - start;
		const byDensity = (expected(largest) - pageSize) / density!;
		const span = byTime < Infinity ? Math.sqrt(byTime * byDensity) : byDensity;
		let wasSplit = false;
		for (let part = count; part > 0; part--) {
			wasSplit = this.splitAt(largest, start + (span * part) / (count + 1)) || wasSplit;
		}
		return wasSplit;
	}

	/** Gives what follows `time` in a slice to a new one, and reads that. @returns whether there is anything */
	private splitAt(slice: Slice<T>, time: number): boolean {
		const last = Math.floor(time);
		if (!(last >= slice.position && last < slice.to)) return false;
		const later = this.sliceOf(last + 1, slice.to);
		slice.to = last;
		this.slices.splice(this.slices.indexOf(slice) + 1, 0, later);
		this.start(later);
		return true;
	}
}
