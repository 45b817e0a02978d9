import type { IDataObject } from 'n8n-workflow';

import { normalizeListResponse, orderOf, pages } from '../http/pagination';
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

/** Runs a list: reads it page by page. */

/** Returns a record in the shape that the Output field asks for. */
export function toRow(
	record: ClerkRecord,
	view: View,
	{ output, selected }: OutputOptions,
): IDataObject {
	return output === 'raw' ? (record as IDataObject) : simplify(record, selected ?? view);
}

/**
 * Reads a list.
 *
 * @param requests - several if a filter has more values than Clerk takes at once
 * @returns its rows, or one envelope that holds them
 * @throws RequestError, CancelledError
 */
export async function runList(
	requests: ApiRequest[],
	{ view, paging }: Extract<Returns, { kind: 'list' }>,
	output: OutputOptions,
	send: Send,
): Promise<OperationResult> {
	const [request] = requests;
	const { rows, total, isTruncated } =
		requests.length === 1
			? await readList(request, paging, output, view, send)
			: await readParts(requests, paging, output, view, send);
	if (output.outputAs === 'items') return { records: rows, isTruncated };
	const totalCount =
		total ?? (await fetchTotal(request, paging, send)) ?? (isTruncated ? null : rows.length);
	return { records: [{ [view.plural]: rows, totalCount, success: true }], isTruncated };
}

interface ReadList {
	rows: IDataObject[];
	total?: number;
	isTruncated: boolean;
}

async function readList(
	request: ApiRequest,
	paging: Paging,
	output: OutputOptions,
	view: View,
	send: Send,
): Promise<ReadList> {
	const read: ReadList = { rows: [], isTruncated: false };
	for await (const page of pages(send, request, paging, output.range)) {
		for (const record of page.rows) read.rows.push(toRow(record, view, output));
		read.total = page.total;
		read.isTruncated = page.isTruncated;
	}
	return read;
}

/** Reads several lists whole and merges them: a record that is in more than one of them is output once. */
async function readParts(
	parts: ApiRequest[],
	paging: Paging,
	output: OutputOptions,
	view: View,
	send: Send,
): Promise<ReadList> {
	const byId = new Map<unknown, ClerkRecord>();
	for (const part of parts) {
		for await (const page of pages(send, part, paging, {})) {
			for (const record of page.rows) byId.set(record.id, record);
		}
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

/** Returns the total of a list from its count route, with the same filters; undefined without such a route. */
async function fetchTotal(
	request: ApiRequest,
	paging: Paging,
	send: Send,
): Promise<number | undefined> {
	if (!paging.countPath) return undefined;
	const query = { ...request.query };
	if (paging.order) delete query[paging.order.parameter];
	return normalizeListResponse(await send({ ...request, path: paging.countPath, query })).total;
}
