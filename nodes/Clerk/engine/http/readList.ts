import type { ApiRequest, ClerkRecord, Paging, Send } from '../operation';
import { isObject } from '../operation/values';
import { RequestError } from './outcome';
import { normalizeListResponse, orderOf, pages } from './pagination';
import type { Range } from './pagination';
import { NotSideBySideError, readSeams } from './seams';
import { readSlices } from './slices';

/**
 * Reads a list, as fast as it can be read completely: side by side where its order is by a field that
 * never changes, in slices where it has a cursor and filters on that field (slices.ts), by overlapping
 * pages where it states a total (seams.ts). Everything else is read one page after the other
 * (pagination.ts), and so is a list with a limit, which asks for no page that it does not need.
 */

/** How many pages are requested at once: at 300 ms each, and 13 ms of CPU to read one, more do not help. */
const PAGES_AT_ONCE = 20;

/** What was read of a list. */
export interface ReadList<T> {
	rows: T[];
	/** The length of the whole list, where the responses state it. */
	total?: number;
	/** Whether the limit ended the list and more rows may follow. */
	isTruncated: boolean;
}

/** How a list is read. */
export interface Reading {
	range?: Range;
	/** How many pages may be requested at once. */
	atOnce?: number;
}

/** Makes what is kept of a record; undefined leaves it out. */
type ToRow<T> = (record: ClerkRecord) => T | undefined;

/** Whether a response is a list: an array, or an object with rows under `data` or the name in Clerk's document. */
export const isListResponse = (response: unknown, { shape }: Pick<Paging, 'shape'>): boolean =>
	Array.isArray(response) ||
	(isObject(response) &&
		(Array.isArray(response.data) ||
			Array.isArray(response[shape]) ||
			// Rows under another name, or none.
			(typeof response.total_count === 'number' &&
				(response.data === null || Object.values(response).some(Array.isArray)))));

/** Reads a list, or a range of it. @throws RequestError, which says about how many records were read; CancelledError */
export async function readList<T>(
	send: Send,
	request: ApiRequest,
	paging: Paging,
	toRow: ToRow<T>,
	reading: Reading = {},
): Promise<ReadList<T>> {
	let count = 0;
	const toCountedRow: ToRow<T> = (record) => {
		count++;
		return toRow(record);
	};
	const sendForList: Send = async (page, stop) => {
		const response = await send(page, stop);
		// As an empty list, a proxy's response would make every record seem deleted.
		if (page.path === request.path && !isListResponse(response, paging)) {
			throw new RequestError({ kind: 'invalidResponse', status: 200, request: page });
		}
		return response;
	};
	try {
		return await readFastest(sendForList, request, paging, toCountedRow, reading);
	} catch (error) {
		if (error instanceof RequestError) error.recordsRead = count;
		throw error as Error;
	}
}

async function readFastest<T>(
	send: Send,
	request: ApiRequest,
	paging: Paging,
	toRow: ToRow<T>,
	{ range = {}, atOnce = PAGES_AT_ONCE }: Reading,
): Promise<ReadList<T>> {
	if (range.limit !== undefined || paging.whole) {
		return await readInOrder(send, request, paging, toRow, range);
	}
	const readers = Math.min(atOnce, PAGES_AT_ONCE);
	const whole = withoutOffset(request);
	if (paging.cursor) {
		if (canBeSliced(whole, paging)) return await readBySlices(send, whole, paging, toRow, readers);
	} else if (orderField(whole, paging) === (paging.order?.fixed ?? '')) {
		return await readBySeams(send, whole, paging, toRow, readers);
	}
	return await readInOrder(send, whole, paging, toRow, {});
}

/** A whole list has no offset: Clerk rejects one beside a cursor, and each page has its own. */
function withoutOffset(request: ApiRequest): ApiRequest {
	const query = { ...request.query };
	delete query.offset;
	return { ...request, query };
}

/** Reads a list page by page, each after the other. */
async function readInOrder<T>(
	send: Send,
	request: ApiRequest,
	paging: Paging,
	toRow: ToRow<T>,
	range: Range,
): Promise<ReadList<T>> {
	const read: ReadList<T> = { rows: [], isTruncated: false };
	for await (const page of pages(send, request, paging, range)) {
		for (const record of page.rows) {
			const row = toRow(record);
			if (row !== undefined) read.rows.push(row);
		}
		read.total = page.total;
		read.isTruncated = page.isTruncated;
	}
	return read;
}

async function readBySeams<T>(
	send: Send,
	request: ApiRequest,
	paging: Paging,
	toRow: ToRow<T>,
	atOnce: number,
): Promise<ReadList<T>> {
	try {
		const { rows, total } = await readSeams(send, request, paging, toRow, atOnce);
		return { rows, total, isTruncated: false };
	} catch (error) {
		if (!(error instanceof NotSideBySideError)) throw error as Error;
		let first: unknown = error.first;
		const sendRest: Send = async (page, stop) => {
			const response = first ?? (await send(page, stop));
			first = undefined;
			return response;
		};
		return await readInOrder(sendRest, request, paging, toRow, {});
	}
}

const orderField = (request: ApiRequest, paging: Paging): string | undefined =>
	orderOf(request, paging)?.replace(/^[+-]/, '');

/** Whether a list can be split by time, and is in the order of time or can be sorted afterwards. */
function canBeSliced(request: ApiRequest, paging: Paging): boolean {
	const { order, cursor } = paging;
	if (!order?.fixed || !cursor?.bounds) return false;
	const { after, before } = cursor.bounds;
	const limits = [after, before].flatMap((name) => request.query?.[name] ?? []);
	if (!limits.every((limit) => /^-?\d{1,15}$/.test(String(limit)))) return false;
	return order.sortable.includes(orderField(request, paging) ?? '');
}

/**
 * Reads a list in the order that never changes, and sorts it where another one is requested. One reader
 * reads by cursor.
 */
async function readBySlices<T>(
	send: Send,
	request: ApiRequest,
	paging: Paging,
	toRow: ToRow<T>,
	atOnce: number,
): Promise<ReadList<T>> {
	const { parameter, fixed } = paging.order!;
	const order = orderOf(request, paging)!;
	const field = orderField(request, paging)!;
	const readFixed = async <Kept>(one: ApiRequest, toKept: ToRow<Kept>): Promise<Kept[]> =>
		atOnce > 1
			? await readSlices(send, one, paging, toKept, atOnce)
			: (await readInOrder(send, one, paging, toKept, {})).rows;
	if (field === fixed) return { rows: await readFixed(request, toRow), isTruncated: false };
	// A list of one page comes in the order that was requested.
	const { always, pageSize: limit } = paging;
	const query = { ...request.query, ...always, limit };
	const first = normalizeListResponse(await send({ ...request, query }));
	const { rows: page, total = 0 } = first;
	if (page.length < limit && page.length >= total) {
		return { rows: page.map(toRow).filter((row) => row !== undefined) as T[], isTruncated: false };
	}
	const sign = order.startsWith('-') ? '-' : '+';
	const byFixed = { ...request, query: { ...request.query, [parameter]: sign + fixed } };
	const keyed = await readFixed(byFixed, (record) => {
		const row = toRow(record);
		return row === undefined ? undefined : { key: record[field], row };
	});
	const direction = sign === '-' ? -1 : 1;
	// Where records without a value belong is Clerk's choice, which the first page shows.
	const without = typeof page[0]?.[field] === 'number' ? Infinity : -Infinity;
	const rowKey = ({ key }: { key: unknown }) =>
		typeof key === 'number' ? direction * key : without;
	keyed.sort((a, b) => rowKey(a) - rowKey(b) || 0);
	return { rows: keyed.map(({ row }) => row), isTruncated: false };
}
