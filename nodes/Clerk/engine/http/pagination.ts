import type { ApiRequest, ClerkRecord, Paging, QueryValue, Send } from '../operation';
import { realClock } from '../rateLimit/clock';
import { isRefused } from './outcome';

/**
 * Every list of Clerk's, read to its end as one stream of pages.
 *
 * Answers come in three shapes: an array, `{ data, total_count }`, and an object with the rows under
 * a name of their own. A version or an emulator may use another than the document says, so the
 * answer decides and not the document.
 */

/** In which a request gets to its connection, before the page at hand keeps the process busy. */
const HEAD_START_MS = 3;

export interface Page {
	rows: ClerkRecord[];
	/** How many there are in all, where the answer says so. */
	total?: number;
	/** Rows may follow that were not asked for because of `limit`. */
	isTruncated: boolean;
}

export interface Range {
	/** At most so many records; undefined reads the list to its end. */
	limit?: number;
	/** Records to skip; counts only with a limit. */
	offset?: number;
}

/** The rows of any of the three shapes; none where the answer is no list. */
export function normalizeListResponse(body: unknown): { rows: ClerkRecord[]; total?: number } {
	if (Array.isArray(body)) return { rows: body as ClerkRecord[] };
	if (body === null || typeof body !== 'object') return { rows: [] };
	const { data, total_count: total } = body as { data?: unknown; total_count?: unknown };
	const rows = Array.isArray(data) ? data : Object.values(body).find(Array.isArray);
	return { rows: rows ?? [], total: typeof total === 'number' ? total : undefined };
}

/** The pages of a list. The next page is asked for while the one before is still worked on. */
export async function* pages(
	fetch: Send,
	request: ApiRequest,
	paging: Paging,
	range: Range,
): AsyncGenerator<Page> {
	if (paging.whole) {
		yield sliceWholeList(normalizeListResponse(await fetch(request)), range);
		return;
	}
	const walk = new PageWalker(request, paging, range);
	const filter = walk.byCursor ? new CursorRows() : new OffsetRows();
	const ask = async (): Promise<unknown> =>
		await fetch(walk.request()).catch(async (error: unknown) => {
			if (isRefused(error) && walk.stepBack()) return await ask();
			throw error;
		});
	let size = walk.size;
	let coming: Promise<unknown> | undefined = ask();

	while (coming) {
		const { rows: given, total } = normalizeListResponse(await coming);
		const rows = given.slice(0, size);
		const fresh = filter.take(rows);
		if (filter.isRepeating) return;

		const isShort = rows.length < size;
		const isLast = !walk.advance(rows, fresh) || (isShort && !walk.hasMore(rows, total));
		size = walk.size;
		coming = isLast ? undefined : ask();
		if (coming) await letRequestLeave(coming);
		yield { rows: fresh, total, isTruncated: walk.isTruncated(total) };
	}
}

/** Rejects for nothing: a page that nobody asks for any more must not bring the process down. */
async function letRequestLeave(page: Promise<unknown>): Promise<void> {
	await Promise.race([page.catch(() => {}), realClock.wait(HEAD_START_MS)]);
}

/** What a form asks for of a list that came whole. */
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

const rowKey = (row: ClerkRecord): unknown => row.id ?? JSON.stringify(row);

/** Rows behind a cursor do not shift: a page that starts like an earlier one means that the cursor is ignored. */
class CursorRows {
	isRepeating = false;

	private readonly firstKeys = new Set<unknown>();

	/** Of the page before, and of those it overlaps with, which a step back gives again in part. */
	private lastKeys = new Set<unknown>();

	take(rows: ClerkRecord[]): ClerkRecord[] {
		if (rows.length === 0) return rows;
		const keys = rows.map(rowKey);
		this.isRepeating = this.firstKeys.has(keys[0]);
		this.firstKeys.add(keys[0]);
		const fresh = rows.filter((_, at) => !this.lastKeys.has(keys[at]));
		// Until a page is new as a whole, the next one may go on with what is known.
		const known = fresh.length < rows.length ? this.lastKeys : [];
		this.lastKeys = new Set([...known, ...keys]);
		return fresh;
	}
}

/** Pages by offset shift while rows come and go: a row may stand on two of them, but hardly all rows of a page. */
class OffsetRows {
	isRepeating = false;

	private readonly keys = new Set<unknown>();

	take(rows: ClerkRecord[]): ClerkRecord[] {
		const fresh = rows.filter((row) => !this.keys.has(rowKey(row)));
		for (const row of fresh) this.keys.add(rowKey(row));
		this.isRepeating = rows.length > 0 && fresh.length === 0;
		return fresh;
	}
}

/** The order that a request asks for, or gets when it does not ask. */
export const orderOf = ({ query }: ApiRequest, { order }: Paging): string | undefined =>
	order && String(query?.[order.parameter] ?? order.default);

/** Where in the list the next page starts. */
class PageWalker {
	private taken = 0;

	/** Of the last page. */
	private ids: unknown[] = [];

	/** How many rows before the last one the next page starts. */
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

	/** How many rows to ask for next: never more than the API gives, for it answers that with ten. */
	get size(): number {
		const left = this.range.limit === undefined ? Infinity : this.range.limit - this.taken;
		return Math.min(this.paging.pageSize, left);
	}

	request(): ApiRequest {
		const position: Record<string, QueryValue> = {};
		const offset = this.firstOffset + this.taken;
		if (this.byCursor) {
			const id = this.ids[this.ids.length - 1 - this.back];
			if (id !== undefined) position[this.paging.cursor!.parameter] = String(id);
		} else if (offset > 0) {
			position.offset = offset;
		}
		const query = { ...this.base.query, ...this.paging.always, limit: this.size, ...position };
		return { ...this.base, query };
	}

	/** Steps behind `rows`, of which `fresh` are new; false when the limit is reached. */
	advance(rows: ClerkRecord[], fresh: ClerkRecord[]): boolean {
		this.taken += (this.byCursor ? fresh : rows).length;
		this.ids = rows.map(({ id }) => id);
		this.back = 0;
		return this.size > 0;
	}

	/** The record that the cursor names may be gone by now: one before it serves as well. False when none is left. */
	stepBack(): boolean {
		this.back = this.back * 2 + 1;
		return this.byCursor && this.back < this.ids.length;
	}

	/** A server that gives smaller pages than asked for says so by its total alone. */
	hasMore(rows: ClerkRecord[], total: number | undefined): boolean {
		return rows.length > 0 && total !== undefined && this.firstOffset + this.taken < total;
	}

	/** Whether the limit ended the list; without a total there may or may not be more. */
	isTruncated(total: number | undefined): boolean {
		if (this.size > 0) return false;
		return total === undefined || this.firstOffset + this.taken < total;
	}
}
