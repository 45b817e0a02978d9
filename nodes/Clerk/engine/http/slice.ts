import type { ApiRequest, ClerkRecord, Paging, QueryValue, Send } from '../operation';
import { normalizeListResponse, SeenByCursor } from './pagination';

/**
 * The times of a list that is sorted by a time that never changes, counted in the direction of the
 * list: they grow from its first record to its last, in either order.
 */
export class TimeOrder {
	private readonly sign: 1 | -1;

	private readonly field: string;

	/** @param order - such as `-created_at` */
	constructor(order: string) {
		this.sign = order.startsWith('-') ? -1 : 1;
		this.field = order.replace(/^[+-]/, '');
	}

	/** Returns the place of a record in the order; NaN without a time in whole milliseconds, as slices are split between two. */
	of(record: ClerkRecord): number {
		const time = record[this.field];
		return Number.isInteger(time) ? this.sign * Number(time) : NaN;
	}

	get isOldestFirst(): boolean {
		return this.sign === 1;
	}

	/** The opposite order. */
	get reversed(): string {
		return `${this.sign === 1 ? '-' : '+'}${this.field}`;
	}

	/**
	 * Returns the filters for the records from `from` to `to`. Whether a bound counts itself is not
	 * documented, so each leaves a millisecond more; those of the form stay in force.
	 */
	bounds(
		{ after, before }: { after: string; before: string },
		query: Record<string, QueryValue>,
		from: number,
		to: number,
	): Record<string, QueryValue> {
		const [first, last] = this.sign === 1 ? [from, to] : [-to, -from];
		const low = Math.max(first - 1, query[after] === undefined ? -Infinity : Number(query[after]));
		const high = Math.min(last + 1, query[before] === undefined ? Infinity : Number(query[before]));
		return {
			...(low > -Infinity && { [after]: low }),
			...(high < Infinity && { [before]: high }),
		};
	}
}

/** Returns the time of the last record: of the first one in the opposite order. @returns undefined when it is not known */
export async function readLastTime(
	send: Send,
	base: ApiRequest,
	{ order, cursor, always }: Paging,
	times: TimeOrder,
): Promise<number | undefined> {
	const query = { ...base.query, ...always, [order!.parameter]: times.reversed };
	delete query[cursor!.parameter];
	const request = { ...base, query: { ...query, limit: 1 } };
	const response = await send(request).catch(() => undefined);
	const [last] = normalizeListResponse(response).rows;
	const time = last && times.of(last);
	return Number.isFinite(time) ? time : undefined;
}

/** A page that is not where it was requested: the server ignores a filter, a cursor or the order. */
export class MisplacedPageError extends Error {}

/** The records from one time to another, read one page after the other by cursor. */
export class Slice<T> {
	readonly rows: T[] = [];

	isDone = false;

	/** Whether all its records so far have a time, in the order of the list. */
	isSorted = true;

	/** Pages read. */
	pages = 0;

	/** The time of the last record read. */
	position: number;

	/** Records a millisecond, in the last page; undefined before the first. */
	density: number | undefined;

	private seen = new SeenByCursor();

	/** Of the last page. */
	private ids: unknown[] = [];

	/** How many rows before the last one the cursor is. */
	private back = 0;

	private lastTime = -Infinity;

	private received = 0;

	/** What `to` was when the last page was requested. */
	private requestedTo = Infinity;

	/** @param from - the time of the first record; -Infinity is the start of the list */
	constructor(
		private readonly base: ApiRequest,
		private readonly paging: Paging,
		private readonly times: TimeOrder,
		readonly from: number,
		/** The time of the last record; Infinity is the end of the list. */
		public to: number,
	) {
		this.position = from;
	}

	/** Returns the request for the next page. */
	request(): ApiRequest {
		const { cursor, always, pageSize } = this.paging;
		const query: Record<string, QueryValue> = { ...this.base.query, ...always, limit: pageSize };
		this.requestedTo = this.to;
		Object.assign(query, this.times.bounds(cursor!.bounds!, query, this.from, this.to));
		// A cursor of the request itself belongs to the start of the list.
		if (this.from > -Infinity) delete query[cursor!.parameter];
		const id = this.ids[this.ids.length - 1 - this.back];
		if (id !== undefined) query[cursor!.parameter] = String(id);
		return { ...this.base, query };
	}

	/**
	 * Takes a page, and moves past it.
	 *
	 * @param isStrict - whether each page must be where it was requested
	 * @returns its records
	 * @throws MisplacedPageError
	 */
	advance(all: ClerkRecord[], total: number | undefined, isStrict: boolean): ClerkRecord[] {
		const page = all.slice(0, this.paging.pageSize);
		const unseen = this.seen.add(page);
		const unseenTimes = unseen.map((row) => this.times.of(row));
		this.isSorted &&= unseenTimes.every(
			(time, at) => time >= (unseenTimes[at - 1] ?? this.lastTime),
		);
		if (isStrict) this.ensurePlaced(unseenTimes);
		// The records up to the end; a page that is not sorted is kept whole, and reading goes on after it.
		const isWithin = (_: unknown, at: number) => !this.isSorted || unseenTimes[at] <= this.to;
		const rows = unseen.filter(isWithin);
		const times = unseenTimes.filter(isWithin);
		this.pages++;
		this.received += page.length;
		// Not every list states a total; a page with fewer rows than requested is the last one.
		const isShort = page.length < this.paging.pageSize;
		const hasMore = page.length > 0 && total !== undefined && this.received < total;
		const isBeyond = rows.length < unseen.length;
		const isEnd = isShort && !hasMore && this.requestedTo >= this.to;
		this.isDone = isEnd || this.seen.isRepeating || isBeyond;
		if (this.seen.isRepeating) return [];
		this.moveTo(rows, times);
		return rows.filter((_, at) => !(times[at] < this.from));
	}

	/** Goes on to the end of the list, after it was split. */
	reopen(): void {
		this.to = Infinity;
		this.isDone = false;
		// The next page may start where the last one, which was split, did.
		this.seen = new SeenByCursor();
		this.seen.add(this.ids.map((id) => ({ id })));
	}

	/** Moves the cursor to an earlier row, since Clerk rejects one whose record was deleted. @returns false when there is none */
	stepBack(): boolean {
		this.back = this.back * 2 + 1;
		return this.back < this.ids.length;
	}

	/** How many records follow, as the last page has them; `end` is the time of the last of the list. */
	expected(end: number): number {
		if (this.isDone || this.density === undefined) return 0;
		return Math.max(0, Math.min(this.to, end) - this.position) * this.density;
	}

	private ensurePlaced(times: number[]): void {
		const isEarly = times.length > 0 && times[0] < this.from - 1;
		if (isEarly || !this.isSorted || this.seen.isRepeating) throw new MisplacedPageError();
	}

	private moveTo(rows: ClerkRecord[], times: number[]): void {
		this.back = 0;
		if (rows.length === 0) return;
		this.ids = rows.map(({ id }) => id);
		this.lastTime = times[times.length - 1];
		this.density = times.length / Math.max(1, this.lastTime - times[0]);
		this.position = Math.max(this.from, this.lastTime);
	}
}
