import type { IDataObject } from 'n8n-workflow';

import { AlreadyDeleted, isNotFound, MissingResultError } from '../http/outcome';
import type { RequestError } from '../http/outcome';
import type { OutputOptions } from '../input/outputOptions';
import type { FormValues } from '../input/readForm';
import { isWrite } from '../operation';
import type { ApiRequest, ClerkRecord, Mapping, OperationResult, Send, View } from '../operation';
import { fieldName } from '../operation/view';
import { matchRecords, mergeEntries } from '../request/batch';
import { previewRequests } from './dryRun';
import { LookupError } from './resolve';
import { runList, show } from './runList';

/** One item's form → its output, through as many requests as that takes. */

/** Runs an operation that is one request for one item. */
export async function runOperation(
	operation: Mapping,
	form: FormValues,
	output: OutputOptions,
	requests: ApiRequest[],
	send: Send,
): Promise<OperationResult> {
	const { returns } = operation;
	if (returns.kind === 'list') return await runList(requests, returns, output, send);
	if (isWrite(operation) && form.options.dryRun) {
		const { batch } = operation;
		const shown = batch ? [mergeEntries(requests, batch)] : requests;
		return {
			records: [await previewRequests(operation, { ...form.body, ...form.path }, shown, send)],
		};
	}
	return { records: [await sendAll(requests, returns.view, output, send)] };
}

/** Of items that share a call: each one's output, or why it has none. */
export async function runBatch(
	{ batch, returns }: Mapping,
	items: Array<{ requests: ApiRequest[]; output: OutputOptions }>,
	send: Send,
): Promise<Array<OperationResult | Error>> {
	const entries = items.map(({ requests }) => requests[0]);
	const request = mergeEntries(entries, batch!);
	const response = await send(request);
	return matchRecords(response, entries, batch!).map((record, at) =>
		record
			? { records: [toOutput(record, returns.view, items[at].output)] }
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
	output: OutputOptions,
	send: Send,
): Promise<IDataObject> {
	let response: unknown;
	for (const request of requests) response = await send(request);
	if (response instanceof AlreadyDeleted)
		return outputOfDeleted(requests[requests.length - 1], view, output);
	return isRecord(response) ? toOutput(response, view, output) : withoutRecord(response);
}

/**
 * What Clerk would have said is not known, so nothing of it is made up. Only where it would have named
 * what was deleted does the path end in that ID; elsewhere it ends in another record's, or in a word.
 */
function outputOfDeleted({ path }: ApiRequest, view: View, output: OutputOptions): IDataObject {
	const names = view.fields.map(fieldName);
	if (!names.includes('deleted')) return { deleted: true, success: true };
	if (!names.includes('id')) return toOutput({ deleted: true }, view, output);
	const id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
	return toOutput({ id, deleted: true }, view, output);
}

const isRecord = (response: unknown): response is ClerkRecord =>
	response !== null && typeof response === 'object';

/** An response that is no JSON: its text, or that there was one. */
export const withoutRecord = (response: unknown): IDataObject =>
	typeof response === 'string' ? { text: response, success: true } : { success: true };

/** A single record; only the documented output says that it succeeded. */
function toOutput(record: ClerkRecord, view: View, output: OutputOptions): IDataObject {
	const shown = show(record, view, output);
	return output.output === 'simplified' ? { ...shown, success: true } : shown;
}
