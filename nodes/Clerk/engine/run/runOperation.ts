import type { IDataObject } from 'n8n-workflow';

import { AlreadyDeleted, isNotFound, MissingResultError } from '../http/outcome';
import type { RequestError } from '../http/outcome';
import { normalizeListResponse, orderOf, pages } from '../http/pagination';
import type { OutputOptions } from '../input/outputOptions';
import type { FormValues } from '../input/readForm';
import { withIds } from '../input/reference';
import { isProcedure, isSet, isWrite, methodOf } from '../operation';
import type {
	ApiRequest,
	ClerkRecord,
	FormInput,
	Mapping,
	Operation,
	OperationResult,
	Paging,
	Prepared,
	Resource,
	Returns,
	Send,
	SetProcedure,
	View,
} from '../operation';
import { fieldName, simplify } from '../operation/view';
import { matchRecords, mergeEntries } from '../request/batch';
import { buildRequest } from '../request/buildRequest';
import { sortRecords, splitLongLists } from '../request/longLists';
import { previewRequests } from './dryRun';
import { LookupError } from './resolve';

/** One item's form → its output, through as many requests as that takes. */

/** An item ready to be carried out: checked, and with every id known. */
export interface PreparedItem extends Prepared {
	form: FormValues;
	wanted: OutputOptions;
	/** Of an operation that is one request; encoded. */
	path?: string;
	/** In the order of sending; empty where a procedure makes them. */
	requests: ApiRequest[];
}

/** One item of the input, ready to be carried out; nothing is sent yet. @throws InvalidInputError */
export function prepareItem(
	operation: Operation,
	form: FormValues,
	output: OutputOptions,
	resources: Resource[],
	item: number,
): PreparedItem {
	if (isSet(operation)) return prepareSet(operation, [form], output, resources);
	if (isProcedure(operation)) {
		const prepared = operation.prepare(toFormInput(form, item), resources);
		return { form, wanted: output, requests: [], ...prepared };
	}
	const request = buildRequest(operation, form);
	const { path } = request;
	const requests = operation.split?.(request, form.options) ?? splitLongLists(request, operation);
	return {
		form,
		wanted: output,
		path,
		requests,
		target: keepsOrder(operation) ? (operation.target?.(request) ?? path) : undefined,
		execute: async ({ send }) => await runOperation(operation, form, output, requests, send),
	};
}

/** The whole input as one item. @throws InvalidInputError, InvalidItemsError */
export function prepareSet(
	operation: SetProcedure,
	forms: FormValues[],
	wanted: OutputOptions,
	resources: Resource[],
): PreparedItem {
	const prepared = operation.prepareAll(forms.map(toFormInput), resources);
	return { form: forms[0], wanted, requests: [], ...prepared };
}

const toFormInput = (form: FormValues, item: number): FormInput => ({
	values: withIds(form.procedure),
	options: form.options,
	item,
});

/** Writes that name no record create one, and have no order to keep; others change what there is once. */
const keepsOrder = (operation: Mapping): boolean =>
	isWrite(operation) && (operation.path !== undefined || methodOf(operation) !== 'POST');

async function runOperation(
	operation: Mapping,
	form: FormValues,
	wanted: OutputOptions,
	requests: ApiRequest[],
	send: Send,
): Promise<OperationResult> {
	const { returns } = operation;
	if (returns.kind === 'list') return await runList(requests, returns, wanted, send);
	if (isWrite(operation) && form.options.dryRun) {
		const { batch } = operation;
		const shown = batch ? [mergeEntries(requests, batch)] : requests;
		return {
			records: [await previewRequests(operation, { ...form.body, ...form.path }, shown, send)],
		};
	}
	return { records: [await sendAll(requests, returns.view, wanted, send)] };
}

/** Of items that share a call: each one's output, or why it has none. */
export async function runBatch(
	{ batch, returns }: Mapping,
	plans: PreparedItem[],
	send: Send,
): Promise<Array<OperationResult | Error>> {
	const entries = plans.map(({ requests }) => requests[0]);
	const request = mergeEntries(entries, batch!);
	const answer = await send(request);
	return matchRecords(answer, entries, batch!).map((record, at) =>
		record
			? { records: [output(record, returns.view, plans[at].wanted)] }
			: new MissingResultError(request),
	);
}

/** Where the form takes a missing record for no fault: an empty item, so that every input item keeps its place. */
export function outputIfMissing(form: FormValues, error: unknown): OperationResult | undefined {
	if (form.options.ifNotFound !== 'empty') return undefined;
	const isMissing =
		error instanceof LookupError
			? error.isMissing
			: isNotFound(error) && !namesWritten(form, error);
	return isMissing ? { records: [{}] } : undefined;
}

/** Clerk names a field in its refusal, and what stands there is what is missing. */
const namesWritten = ({ body, query }: FormValues, error: RequestError): boolean =>
	error.parameters.some((name) => Object.hasOwn(body, name) || Object.hasOwn(query, name));

async function sendAll(
	requests: ApiRequest[],
	view: View,
	wanted: OutputOptions,
	send: Send,
): Promise<IDataObject> {
	let answer: unknown;
	for (const request of requests) answer = await send(request);
	if (answer instanceof AlreadyDeleted)
		return outputOfDeleted(requests[requests.length - 1], view, wanted);
	return isRecord(answer) ? output(answer, view, wanted) : withoutRecord(answer);
}

/**
 * What Clerk would have said is not known, so nothing of it is made up. Only where it would have named
 * what was deleted does the path end in that ID; elsewhere it ends in another record's, or in a word.
 */
function outputOfDeleted({ path }: ApiRequest, view: View, wanted: OutputOptions): IDataObject {
	const names = view.fields.map(fieldName);
	if (!names.includes('deleted')) return { deleted: true, success: true };
	if (!names.includes('id')) return output({ deleted: true }, view, wanted);
	const id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
	return output({ id, deleted: true }, view, wanted);
}

const isRecord = (answer: unknown): answer is ClerkRecord =>
	answer !== null && typeof answer === 'object';

/** An answer that is no JSON: its text, or that there was one. */
export const withoutRecord = (answer: unknown): IDataObject =>
	typeof answer === 'string' ? { text: answer, success: true } : { success: true };

/** A single record; only the documented output says that it succeeded. */
function output(record: ClerkRecord, view: View, wanted: OutputOptions): IDataObject {
	const shown = show(record, view, wanted);
	return wanted.output === 'simplified' ? { ...shown, success: true } : shown;
}

function show(record: ClerkRecord, view: View, { output, selected }: OutputOptions): IDataObject {
	return output === 'raw' ? (record as IDataObject) : simplify(record, selected ?? view);
}

async function runList(
	requests: ApiRequest[],
	{ view, paging }: Extract<Returns, { kind: 'list' }>,
	wanted: OutputOptions,
	send: Send,
): Promise<OperationResult> {
	const [request] = requests;
	const { rows, total, isTruncated } =
		requests.length === 1
			? await readList(request, paging, wanted, view, send)
			: await readParts(requests, paging, wanted, view, send);
	if (wanted.outputAs === 'items') return { records: rows, isTruncated };
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
	wanted: OutputOptions,
	view: View,
	send: Send,
): Promise<ReadList> {
	const read: ReadList = { rows: [], isTruncated: false };
	for await (const page of pages(send, request, paging, wanted.range)) {
		for (const row of page.rows) read.rows.push(show(row, view, wanted));
		read.total = page.total;
		read.isTruncated = page.isTruncated;
	}
	return read;
}

/** Several calls that may find the same record: each is read whole, and no record counts twice. */
async function readParts(
	parts: ApiRequest[],
	paging: Paging,
	wanted: OutputOptions,
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
	const rows = (order ? sortRecords(all, order) : all).slice(start, start + limit);
	return {
		rows: rows.map((row) => show(row, view, wanted)),
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
