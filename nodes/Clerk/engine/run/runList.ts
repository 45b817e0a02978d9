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
	const [request] = requests;
	const { range } = output;
	const { rows, total, isTruncated } =
		requests.length === 1
			? await readList(send, request, paging, (record) => toRow(record, view, output), {
					range,
					atOnce,
				})
			: await readParts(requests, paging, output, view, send, atOnce);
	if (output.outputAs === 'items') return { records: rows, isTruncated };
	const totalCount =
		total ?? (await readTotal(send, request, paging)) ?? (isTruncated ? null : rows.length);
	return { records: [{ [view.plural]: rows, totalCount, success: true }], isTruncated };
}

/** Reads several lists whole and merges them: a record that is in more than one of them is output once. */
async function readParts(
	parts: ApiRequest[],
	paging: Paging,
	output: OutputOptions,
	view: View,
	send: Send,
	atOnce: number,
): Promise<ReadList<IDataObject>> {
	const byId = new Map<unknown, ClerkRecord>();
	for (const part of parts) {
		const { rows } = await readList(send, part, paging, (record) => record, { atOnce });
		for (const record of rows) byId.set(record.id, record);
	}
	const { limit = Infinity, offset = 0 } = output.range;
	const start = limit === Infinity ? 0 : offset;
	const order = orderOf(parts[0], paging);
	const all = [...byId.values()];
	const records = (order ? sortRecords(all, order) : all).slice(start, start + limit);
	return {
		rows: records.map((record) => toRow(record, view, output)),
		total: byId.size,
		isTruncated: start + records.length < byId.size,
	};
}
