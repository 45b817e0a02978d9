import type { IDataObject } from 'n8n-workflow';

import { orderOf, readTotal } from '../http/pagination';
import { readList } from '../http/readList';
import type { ReadList } from '../http/readList';
import type { OutputOptions } from '../input/outputOptions';
import { simplify } from '../operation';
import type {
	ApiRequest,
	ClerkRecord,
	OperationResult,
	Paging,
	Returns,
	Send,
	View,
} from '../operation';
import { CancelledError } from '../rateLimit/cancellation';
import { sortRecords } from '../request/longLists';

/** Runs a list. */

/** Returns a record in the shape that the Output field asks for. */
export function toRow(
	record: ClerkRecord,
	view: View,
	{ output, selected, dateFormat }: OutputOptions,
): IDataObject {
	return output === 'raw'
		? (record as IDataObject)
		: simplify(record, selected ?? view, dateFormat);
}

/**
 * Reads a list.
 *
 * @param requests - several if a filter has more values than Clerk takes at once
 * @param atOnce - how many pages may be requested at once
 * @returns its rows, or one envelope that holds them
 * @throws RequestError, CancelledError
 */
export async function runList(
	requests: ApiRequest[],
	{ view, paging }: Extract<Returns, { kind: 'list' }>,
	output: OutputOptions,
	send: Send,
	atOnce: number,
): Promise<OperationResult> {
	const { range, outputAs } = output;
	const { rows, total, isTruncated } =
		requests.length === 1
			? await readList(send, requests[0], paging, (record) => toRow(record, view, output), {
					range,
					atOnce,
				})
			: await readParts(requests, paging, output, view, send, atOnce);
	if (outputAs === 'items') return { records: rows, isTruncated };
	const totalCount =
		total ??
		(range.limit === undefined ? rows.length : await countAll(send, requests[0], paging)) ??
		(isTruncated ? null : rows.length);
	return { records: [{ [view.plural]: rows, totalCount, success: true }], isTruncated };
}

/** Returns the total of a list, if it can be read: its records are output without it, too. @throws CancelledError */
async function countAll(
	send: Send,
	request: ApiRequest,
	paging: Paging,
): Promise<number | undefined> {
	try {
		return await readTotal(send, request, paging);
	} catch (error) {
		if (error instanceof CancelledError) throw error as Error;
		return undefined;
	}
}

/** What is kept of a record, whose `id` and field of the order stay as they are. */
type KeyedRow = ClerkRecord & { row: IDataObject };

/**
 * Reads several lists and merges them: a record that is in more than one of them is output once. For
 * items, each list is read up to the limit: the first records of all are among the first of each. The
 * total of an envelope takes the whole lists.
 */
async function readParts(
	parts: ApiRequest[],
	paging: Paging,
	output: OutputOptions,
	view: View,
	send: Send,
	atOnce: number,
): Promise<ReadList<IDataObject>> {
	const { limit, offset = 0 } = output.range;
	const [start, end] = limit === undefined ? [0, Infinity] : [offset, offset + limit];
	const range = output.outputAs === 'items' && limit !== undefined ? { limit: end } : {};
	const order = orderOf(parts[0], paging);
	const field = order?.replace(/^[+-]/, '') ?? 'id';
	const keep = (record: ClerkRecord): KeyedRow => ({
		id: record.id,
		[field]: record[field],
		row: toRow(record, view, output),
	});
	const byId = new Map<unknown, KeyedRow>();
	let isPartTruncated = false;
	for (const part of parts) {
		const { rows, isTruncated } = await readList(send, part, paging, keep, { range, atOnce });
		for (const row of rows) byId.set(row.id, row);
		isPartTruncated ||= isTruncated;
	}
	const all = [...byId.values()];
	const rows = (order ? sortRecords(all, order) : all).slice(start, end);
	return {
		rows: rows.map(({ row }) => row),
		total: byId.size,
		isTruncated: isPartTruncated || start + rows.length < byId.size,
	};
}
