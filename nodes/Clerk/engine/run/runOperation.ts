import type { IDataObject } from 'n8n-workflow';

import { Gone, isNotFound, NotAnswered } from '../http/outcome';
import type { RequestFailed } from '../http/outcome';
import { orderOf, pages, readAnswer } from '../http/pagination';
import type { Wanted } from '../input/outputOptions';
import type { Form } from '../input/readForm';
import { withIds } from '../input/reference';
import { isProcedure, isSet, isWrite, methodOf } from '../operation';
import type {
	ApiRequest,
	ClerkRecord,
	FilledIn,
	Mapping,
	Operation,
	Paging,
	Performed,
	Prepared,
	Resource,
	Returns,
	Send,
	SetProcedure,
	View,
} from '../operation';
import { fieldName, simplify } from '../operation/view';
import { gather, share } from '../request/batch';
import { buildRequest } from '../request/buildRequest';
import { sorted, splitLongLists } from '../request/longLists';
import { rehearse } from './dryRun';
import { NotLookedUp } from './resolve';

/** One item's form → its output, through as many requests as that takes. */

/** An item ready to be carried out: checked, and with every id known. */
export interface Plan extends Prepared {
	form: Form;
	wanted: Wanted;
	/** Of an operation that is one request; encoded. */
	path?: string;
	/** In the order of sending; empty where a procedure makes them. */
	requests: ApiRequest[];
}

/** One item of the input, ready to be carried out; nothing is sent yet. @throws InvalidInput */
export function plan(
	operation: Operation,
	form: Form,
	wanted: Wanted,
	resources: Resource[],
	item: number,
): Plan {
	if (isSet(operation)) return planSet(operation, [form], wanted, resources);
	if (isProcedure(operation)) {
		const prepared = operation.prepare(filledIn(form, item), resources);
		return { form, wanted, requests: [], ...prepared };
	}
	const request = buildRequest(operation, form);
	const { path } = request;
	const requests = operation.split?.(request, form.options) ?? splitLongLists(request, operation);
	return {
		form,
		wanted,
		path,
		requests,
		target: keepsOrder(operation) ? (operation.target?.(request) ?? path) : undefined,
		carryOut: async ({ send }) => await perform(operation, form, wanted, requests, send),
	};
}

/** The whole input as one item. @throws InvalidInput, RefusedItems */
export function planSet(
	operation: SetProcedure,
	forms: Form[],
	wanted: Wanted,
	resources: Resource[],
): Plan {
	const prepared = operation.prepareAll(forms.map(filledIn), resources);
	return { form: forms[0], wanted, requests: [], ...prepared };
}

const filledIn = (form: Form, item: number): FilledIn => ({
	values: withIds(form.form),
	options: form.options,
	item,
});

/** Writes that name no record create one, and have no order to keep; others change what there is once. */
const keepsOrder = (operation: Mapping): boolean =>
	isWrite(operation) && (operation.path !== undefined || methodOf(operation) !== 'POST');

async function perform(
	operation: Mapping,
	form: Form,
	wanted: Wanted,
	requests: ApiRequest[],
	send: Send,
): Promise<Performed> {
	const { returns } = operation;
	if (returns.kind === 'list') return await performList(requests, returns, wanted, send);
	if (isWrite(operation) && form.options.dryRun) {
		const { batch } = operation;
		const shown = batch ? [gather(requests, batch)] : requests;
		return { records: [await rehearse(operation, { ...form.body, ...form.path }, shown, send)] };
	}
	return { records: [await performOne(requests, returns.view, wanted, send)] };
}

/** Of items that share a call: each one's output, or why it has none. */
export async function performBatch(
	{ batch, returns }: Mapping,
	plans: Plan[],
	send: Send,
): Promise<Array<Performed | Error>> {
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
export function outputIfMissing(form: Form, error: unknown): Performed | undefined {
	if (form.options.ifNotFound !== 'empty') return undefined;
	const isMissing =
		error instanceof NotLookedUp
			? error.isMissing
			: isNotFound(error) && !namesWritten(form, error);
	return isMissing ? { records: [{}] } : undefined;
}

/** Clerk names a field in its refusal, and what stands there is what is missing. */
const namesWritten = ({ body, query }: Form, error: RequestFailed): boolean =>
	error.parameters.some((name) => Object.hasOwn(body, name) || Object.hasOwn(query, name));

async function performOne(
	requests: ApiRequest[],
	view: View,
	wanted: Wanted,
	send: Send,
): Promise<IDataObject> {
	let answer: unknown;
	for (const request of requests) answer = await send(request);
	if (answer instanceof Gone) return outputOfGone(requests[requests.length - 1], view, wanted);
	return isRecord(answer) ? output(answer, view, wanted) : withoutRecord(answer);
}

/**
 * What Clerk would have said is not known, so nothing of it is made up. Only where it would have named
 * what was deleted does the path end in that ID; elsewhere it ends in another record's, or in a word.
 */
function outputOfGone({ path }: ApiRequest, view: View, wanted: Wanted): IDataObject {
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
function output(record: ClerkRecord, view: View, wanted: Wanted): IDataObject {
	const shown = show(record, view, wanted);
	return wanted.output === 'simplified' ? { ...shown, success: true } : shown;
}

function show(record: ClerkRecord, view: View, { output, selected }: Wanted): IDataObject {
	return output === 'raw' ? (record as IDataObject) : simplify(record, selected ?? view);
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
