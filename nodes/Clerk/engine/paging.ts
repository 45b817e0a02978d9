import type { ApiRequest, ClerkRecord, Paging, QueryValue, Send } from './operation';

/**
 * Every list of Clerk's, read to its end as one stream of pages.
 *
 * Answers come in three shapes: an array, `{ data, total_count }`, and an object with the rows under
 * a name of their own. A version or an emulator may use another than the document says, so the
 * answer decides and not the document.
 */

export interface Page {
	rows: ClerkRecord[];
	/** How many there are in all, where the answer says so. */
	total?: number;
	/** Rows may follow that were not asked for because of `limit`. */
	cut: boolean;
}

export interface Range {
	/** At most so many records; undefined reads the list to its end. */
	limit?: number;
	/** Records to skip; counts only with a limit. */
	offset?: number;
}

export function readAnswer(body: unknown): { rows: ClerkRecord[]; total?: number } {
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
	const walk = new Walk(request, paging, range);
	const firstIds = new Set<unknown>();
	const seen = new Set<unknown>();
	let size = walk.size;
	let coming: Promise<unknown> | undefined = fetch(walk.request());

	while (coming) {
		const { rows, total } = readAnswer(await coming);
		// A list that knows no paging starts anew with every page.
		const startsAnew = rows.length > 0 && rows[0].id !== undefined && firstIds.has(rows[0].id);
		if (startsAnew) return;
		firstIds.add(rows[0]?.id);

		const isLast = rows.length < size || !walk.advance(rows);
		size = walk.size;
		coming = isLast ? undefined : fetch(walk.request());
		// A page that nobody asks for any more must not bring the process down.
		coming?.catch(() => {});
		yield { rows: walk.byCursor ? rows : unseen(rows, seen), total, cut: walk.isCut(total) };
	}
}

/** Pages by offset shift while rows come and go, so that a row may stand on two of them. */
function unseen(rows: ClerkRecord[], seen: Set<unknown>): ClerkRecord[] {
	return rows.filter(({ id }) => {
		if (id === undefined) return true;
		const isNew = !seen.has(id);
		seen.add(id);
		return isNew;
	});
}

/** Where in the list the next page starts. */
class Walk {
	private taken = 0;

	private lastId: unknown;

	readonly byCursor: boolean;

	private readonly firstOffset: number;

	constructor(
		private readonly base: ApiRequest,
		private readonly paging: Paging,
		private readonly range: Range,
	) {
		this.firstOffset = range.limit === undefined ? 0 : (range.offset ?? 0);
		const { cursor } = paging;
		const order = cursor && base.query?.[cursor.orderParameter];
		this.byCursor =
			cursor !== undefined &&
			this.firstOffset === 0 &&
			(order === undefined || cursor.orders.includes(String(order)));
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
			if (this.lastId !== undefined) position[this.paging.cursor!.parameter] = String(this.lastId);
		} else if (offset > 0) {
			position.offset = offset;
		}
		const query = { ...this.base.query, ...this.paging.always, limit: this.size, ...position };
		return { ...this.base, query };
	}

	/** Steps behind `rows`; false when the limit is reached. */
	advance(rows: ClerkRecord[]): boolean {
		this.taken += rows.length;
		this.lastId = rows[rows.length - 1]?.id;
		return this.size > 0;
	}

	/** Whether the limit ended the list; without a total there may or may not be more. */
	isCut(total: number | undefined): boolean {
		if (this.size > 0) return false;
		return total === undefined || this.firstOffset + this.taken < total;
	}
}
