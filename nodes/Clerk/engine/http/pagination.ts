import type { ApiRequest, ClerkRecord, Paging, QueryValue, Send } from '../operation';
import { realClock } from '../rateLimit/clock';
import { isRejected } from './outcome';

/**
 * Reads any of Clerk's lists as a stream of pages.
 *
 * Responses come in three shapes: an array, `{ data, total_count }`, and an object with the rows under
 * a name of their own. Another version of the API may use another shape than its document, so the
 * shape is taken from the response.
 */

/** Time for a request to reach its connection, before the current page keeps the process busy. */
const HEAD_START_MS = 3;

export interface Page {
	rows: ClerkRecord[];
	/** The length of the whole list, where the response states it. */
	total?: number;
	/** Whether `limit` ended the list and more rows may follow. */
	isTruncated: boolean;
}

export interface Range {
	/** The most records to return; undefined reads the list to its end. */
	limit?: number;
	/** Records to skip; used only with a limit. */
	offset?: number;
}

/** Returns the rows of any of the three shapes; none when the response is not a list. */
export function normalizeListResponse(body: unknown): { rows: ClerkRecord[]; total?: number } {
	if (Array.isArray(body)) return { rows: withoutNull(body) };
	if (body === null || typeof body !== 'object') return { rows: [] };
	const { data, total_count: total } = body as { data?: unknown; total_count?: unknown };
	const rows = Array.isArray(data) ? data : Object.values(body).find(Array.isArray);
	return { rows: withoutNull(rows ?? []), total: typeof total === 'number' ? total : undefined };
}

/** A row that is null counts as one of the page, and has no values. */
const withoutNull = (rows: unknown[]): ClerkRecord[] =>
	(rows.includes(null) ? rows.map((row) => row ?? {}) : rows) as ClerkRecord[];

/**
 * Yields the pages of a list. The next page is requested while the current one is processed.
 *
 * @throws what `send` throws
 */
export async function* pages(
	send: Send,
	request: ApiRequest,
	paging: Paging,
	range: Range,
): AsyncGenerator<Page> {
	if (paging.whole) {
		yield sliceWholeList(normalizeListResponse(await send(request)), range);
		return;
	}
	const walker = new PageWalker(request, paging, range);
	const seenRows = walker.byCursor ? new SeenByCursor() : new SeenByOffset();
	const requestPage = async (): Promise<unknown> =>
		await send(walker.request()).catch(async (error: unknown) => {
			if (isRejected(error) && walker.stepBack()) return await requestPage();
			throw error;
		});
	let size = walker.size;
	let nextPage: Promise<unknown> | undefined = requestPage();

	while (nextPage) {
		const response = normalizeListResponse(await nextPage);
		const { total } = response;
		// Some lists ignore `limit`.
		const rows = response.rows.slice(0, size);
		const newRows = seenRows.add(rows);
		if (seenRows.isRepeating) return;

		// Not every list states a total; a page with fewer rows than requested is the last one:
		// https://clerk.com/docs/reference/backend/user/get-user-list-without-count
		const isShort = rows.length < size;
		const isLast = !walker.advance(rows, newRows) || (isShort && !walker.hasMore(rows, total));
		size = walker.size;
		nextPage = isLast ? undefined : requestPage();
		if (nextPage) await letRequestLeave(nextPage);
		yield { rows: newRows, total, isTruncated: walker.isTruncated(total) };
	}
}

/**
 * Swallows the rejection: if the caller stops reading, nothing awaits this page, and Node would end the
 * process.
 */
async function letRequestLeave(page: Promise<unknown>): Promise<void> {
	await Promise.race([page.catch(() => {}), realClock.wait(HEAD_START_MS)]);
}

/** Returns the range of a list that Clerk sends as a whole. */
function sliceWholeList(
	{ rows, total }: ReturnType<typeof normalizeListResponse>,
	range: Range,
): Page {
	const start = range.limit === undefined ? 0 : (range.offset ?? 0);
	const end = start + (range.limit ?? Infinity);
	return {
		rows: rows.slice(start, end),
		total: total ?? rows.length,
		isTruncated: end < rows.length,
	};
}

/** Returns what identifies a row: its ID, or all of it. */
export const rowKey = (row: ClerkRecord): unknown => row.id ?? JSON.stringify(row);

/** Rows after a cursor do not shift: a page that starts like an earlier one means that the cursor is ignored. */
export class SeenByCursor {
	isRepeating = false;

	private readonly firstKeys = new Set<unknown>();

	/** Keys of the last page and, after a step back, of the earlier pages it overlaps. */
	private lastKeys = new Set<unknown>();

	/** @returns the rows that are new */
	add(rows: ClerkRecord[]): ClerkRecord[] {
		if (rows.length === 0) return rows;
		const keys = rows.map(rowKey);
		this.isRepeating = this.firstKeys.has(keys[0]);
		this.firstKeys.add(keys[0]);
		const newRows = rows.filter((_, at) => !this.lastKeys.has(keys[at]));
		// While a page still overlaps, the next one may overlap the same rows.
		const overlap = newRows.length < rows.length ? this.lastKeys : [];
		this.lastKeys = new Set([...overlap, ...keys]);
		return newRows;
	}
}

/** Pages by offset shift when rows are added or removed: some rows may come twice, but hardly a whole page. */
class SeenByOffset {
	isRepeating = false;

	private readonly keys = new Set<unknown>();

	/** @returns the rows that are new */
	add(rows: ClerkRecord[]): ClerkRecord[] {
		const newRows = rows.filter((row) => !this.keys.has(rowKey(row)));
		for (const row of newRows) this.keys.add(rowKey(row));
		this.isRepeating = rows.length > 0 && newRows.length === 0;
		return newRows;
	}
}

/** Returns the order that a request asks for, or the list's default. */
export const orderOf = ({ query }: ApiRequest, { order }: Paging): string | undefined =>
	order && String(query?.[order.parameter] ?? order.default);

/** Returns the total of a list from its count route, with the same filters; undefined without such a route. */
export async function readTotal(
	send: Send,
	request: ApiRequest,
	{ countPath, order, cursor }: Paging,
): Promise<number | undefined> {
	if (!countPath) return undefined;
	const query = { ...request.query };
	for (const name of [order?.parameter, cursor?.parameter]) if (name) delete query[name];
	return normalizeListResponse(await send({ ...request, path: countPath, query })).total;
}

/** Keeps the position in a list, and builds the request for the next page. */
class PageWalker {
	/** Rows read so far. */
	private position = 0;

	/** IDs of the rows of the last page. */
	private ids: unknown[] = [];

	/** Distance of the cursor from the last row. */
	private back = 0;

	readonly byCursor: boolean;

	private readonly firstOffset: number;

	constructor(
		private readonly base: ApiRequest,
		private readonly paging: Paging,
		private readonly range: Range,
	) {
		this.firstOffset = range.limit === undefined ? 0 : (range.offset ?? 0);
		const { cursor } = paging;
		this.byCursor =
			cursor !== undefined &&
			this.firstOffset === 0 &&
			cursor.orders.includes(orderOf(base, paging) ?? '');
	}

	/**
	 * How many rows to request next. Clerk takes a `limit` of at most 500
	 * (https://clerk.com/docs/reference/backend/user/get-organization-membership-list); for a larger one
	 * Clerk returned only ten rows.
	 */
	get size(): number {
		const remaining = this.range.limit === undefined ? Infinity : this.range.limit - this.position;
		return Math.min(this.paging.pageSize, remaining);
	}

	request(): ApiRequest {
		const start: Record<string, QueryValue> = {};
		const offset = this.firstOffset + this.position;
		if (this.byCursor) {
			const id = this.ids[this.ids.length - 1 - this.back];
			if (id !== undefined) start[this.paging.cursor!.parameter] = String(id);
		} else if (offset > 0) {
			start.offset = offset;
		}
		const query = { ...this.base.query, ...this.paging.always, limit: this.size, ...start };
		return { ...this.base, query };
	}

	/** Moves past a page. @returns false when the limit is reached */
	advance(rows: ClerkRecord[], newRows: ClerkRecord[]): boolean {
		this.position += (this.byCursor ? newRows : rows).length;
		this.ids = rows.map(({ id }) => id);
		this.back = 0;
		return this.size > 0;
	}

	/**
	 * Moves the cursor to an earlier row, since Clerk rejects one whose record was deleted.
	 *
	 * @returns false when the page has no earlier row
	 */
	stepBack(): boolean {
		this.back = this.back * 2 + 1;
		return this.byCursor && this.back < this.ids.length;
	}

	/** Whether the total says that more rows follow a page with fewer rows than requested. */
	hasMore(rows: ClerkRecord[], total: number | undefined): boolean {
		return rows.length > 0 && total !== undefined && this.firstOffset + this.position < total;
	}

	/** Whether the limit ended the list; without a total, more rows may or may not follow. */
	isTruncated(total: number | undefined): boolean {
		if (this.size > 0) return false;
		return total === undefined || this.firstOffset + this.position < total;
	}
}
