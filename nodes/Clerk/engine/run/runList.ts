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

/** Lists: read page by page, shown row by row. */

/** A record as the form wants it. */
export function show(
	record: ClerkRecord,
	view: View,
	{ output, selected }: OutputOptions,
): IDataObject {
	return output === 'raw' ? (record as IDataObject) : simplify(record, selected ?? view);
}

/** Reads a list and shows it, as items or as one envelope. */
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
		total ?? (await count(request, paging, send)) ?? (isTruncated ? null : rows.length);
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
		for (const row of page.rows) read.rows.push(show(row, view, output));
		read.total = page.total;
		read.isTruncated = page.isTruncated;
	}
	return read;
}

/** Several calls that may find the same record: each is read whole, and no record counts twice. */
async function readParts(
	parts: ApiRequest[],
	paging: Paging,
	output: OutputOptions,
	view: View,
	send: Send,
): Promise<ReadList> {
	const found = new Map<unknown, ClerkRecord>();
	for (const part of parts) {
		for await (const page of pages(send, part, paging, {})) {
			for (const row of page.rows) found.set(row.id, row);
		}
	}
	const { limit = Infinity, offset = 0 } = output.range;
	const start = limit === Infinity ? 0 : offset;
	const order = orderOf(parts[0], paging);
	const all = [...found.values()];
	const rows = (order ? sortRecords(all, order) : all).slice(start, start + limit);
	return {
		rows: rows.map((row) => show(row, view, output)),
		total: found.size,
		isTruncated: start + rows.length < found.size,
	};
}

/** With the same filters, and without what only orders or cuts. */
async function count(request: ApiRequest, paging: Paging, send: Send): Promise<number | undefined> {
	if (!paging.countPath) return undefined;
	const query = { ...request.query };
	if (paging.order) delete query[paging.order.parameter];
	return normalizeListResponse(await send({ ...request, path: paging.countPath, query })).total;
}
