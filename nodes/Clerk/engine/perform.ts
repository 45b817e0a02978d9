import type { IDataObject } from 'n8n-workflow';

import { gather, share } from './batch';
import { rehearse } from './dryRun';
import { sorted, splitLongLists } from './longLists';
import { isWrite } from './operation';
import type { ApiRequest, ClerkRecord, Operation, Paging, Returns, Send, View } from './operation';
import { isNotFound, NotAnswered } from './outcome';
import { orderOf, pages, readAnswer } from './paging';
import { buildRequest } from './request';
import type { Form } from './request';
import { NotLookedUp } from './resolve';
import { simplify } from './views';
import type { Wanted } from './wanted';

/** One item's form → its output, through as many requests as that takes. */

export interface Performed {
	records: IDataObject[];
	/** A list had more, or may have had, than the limit asked for. */
	cut?: boolean;
}

/** An item ready to be carried out: checked, and with every id known. */
export interface Plan {
	form: Form;
	wanted: Wanted;
	/** What a write changes; see `Operation`. */
	target: string;
	path: string;
	/** In the order of sending. */
	requests: ApiRequest[];
}

/** @throws InvalidInput */
export function plan(operation: Operation, form: Form, wanted: Wanted): Plan {
	const request = buildRequest(operation, form);
	const parts = splitLongLists(request, operation);
	const requests = operation.split?.(request, form.options) ?? parts;
	const { path } = request;
	return { form, wanted, target: operation.target?.(request) ?? path, path, requests };
}

export async function perform(
	operation: Operation,
	{ form, wanted, requests }: Plan,
	send: Send,
): Promise<Performed> {
	const { returns } = operation;
	if (returns.kind === 'list') return await performList(requests, returns, wanted, send);
	if (isWrite(operation) && form.options.dryRun) {
		const { batch } = operation;
		const shown = batch ? [gather(requests, batch)] : requests;
		return { records: [await rehearse(operation, form, shown, send)] };
	}
	return { records: [await performOne(requests, returns.view, wanted, send)] };
}

/** Of items that share a call: each one's output, or why it has none. */
export async function performBatch(
	operation: Operation,
	plans: Plan[],
	send: Send,
): Promise<Array<Performed | Error>> {
	const { batch, returns } = operation;
	const entries = plans.map(({ requests }) => requests[0]);
	const request = gather(entries, batch!);
	const answer = await send(request);
	return share(answer, entries, batch!).map((record, at) =>
		record
			? { records: [output(record, returns.view, plans[at].wanted)] }
			: new NotAnswered(request),
	);
}

/** Where the form takes a missing record for no fault: an empty item, so that every input item keeps its place. */
export function outputIfMissing({ options }: Form, error: unknown): Performed | undefined {
	const isMissing = isNotFound(error) || (error instanceof NotLookedUp && error.found === 0);
	return isMissing && options.ifNotFound === 'empty' ? { records: [{}] } : undefined;
}

async function performOne(
	requests: ApiRequest[],
	view: View,
	wanted: Wanted,
	send: Send,
): Promise<IDataObject> {
	let answer: unknown;
	for (const request of requests) answer = await send(request);
	if (typeof answer === 'string') return { text: answer, success: true };
	if (answer === null || typeof answer !== 'object') return { success: true };
	return output(answer as ClerkRecord, view, wanted);
}

/** A single record; only the documented output says that it succeeded. */
function output(record: ClerkRecord, view: View, wanted: Wanted): IDataObject {
	const shown = show(record, view, wanted);
	return wanted.output === 'simplified' ? { ...shown, success: true } : shown;
}

function show(record: ClerkRecord, view: View, { output, fields }: Wanted): IDataObject {
	if (output === 'raw') return record as IDataObject;
	return simplify(record, view, output === 'selectedFields' ? fields : undefined);
}

async function performList(
	requests: ApiRequest[],
	{ view, paging }: Extract<Returns, { kind: 'list' }>,
	wanted: Wanted,
	send: Send,
): Promise<Performed> {
	const [request] = requests;
	const { rows, total, cut } =
		requests.length === 1
			? await readList(request, paging, wanted, view, send)
			: await readParts(requests, paging, wanted, view, send);
	if (wanted.outputAs === 'items') return { records: rows, cut };
	const totalCount = total ?? (await count(request, paging, send)) ?? (cut ? null : rows.length);
	return { records: [{ [view.plural]: rows, totalCount, success: true }], cut };
}

interface ReadList {
	rows: IDataObject[];
	total?: number;
	cut: boolean;
}

async function readList(
	request: ApiRequest,
	paging: Paging,
	wanted: Wanted,
	view: View,
	send: Send,
): Promise<ReadList> {
	const read: ReadList = { rows: [], cut: false };
	for await (const page of pages(send, request, paging, wanted.range)) {
		for (const row of page.rows) read.rows.push(show(row, view, wanted));
		read.total = page.total;
		read.cut = page.cut;
	}
	return read;
}

/** Several calls that may find the same record: each is read whole, and no record counts twice. */
async function readParts(
	parts: ApiRequest[],
	paging: Paging,
	wanted: Wanted,
	view: View,
	send: Send,
): Promise<ReadList> {
	const found = new Map<unknown, ClerkRecord>();
	for (const part of parts) {
		for await (const page of pages(send, part, paging, {})) {
			for (const row of page.rows) found.set(row.id, row);
		}
	}
	const { limit = Infinity, offset = 0 } = wanted.range;
	const start = limit === Infinity ? 0 : offset;
	const order = orderOf(parts[0], paging);
	const all = [...found.values()];
	const rows = (order ? sorted(all, order) : all).slice(start, start + limit);
	return {
		rows: rows.map((row) => show(row, view, wanted)),
		total: found.size,
		cut: start + rows.length < found.size,
	};
}

/** With the same filters, and without what only orders or cuts. */
async function count(request: ApiRequest, paging: Paging, send: Send): Promise<number | undefined> {
	if (!paging.countPath) return undefined;
	const query = { ...request.query };
	if (paging.order) delete query[paging.order.parameter];
	return readAnswer(await send({ ...request, path: paging.countPath, query })).total;
}
