import type { IDataObject } from 'n8n-workflow';

import { AlreadyDeleted, MissingResultError } from '../http/outcome';
import type { OutputOptions } from '../input/outputOptions';
import type { FormValues } from '../input/readForm';
import { isWrite } from '../operation';
import type {
	ApiRequest,
	ClerkRecord,
	Mapping,
	OperationContext,
	OperationResult,
	Send,
	View,
} from '../operation';
import { outputName } from '../operation/view';
import { matchRecords, mergeEntries } from '../request/batch';
import { previewRequests } from './dryRun';
import { runList, toRow } from './runList';

/** Runs a mapping: sends its requests, and turns Clerk's response into output. */

/** Runs an operation that is one request for one item. @throws RequestError, CancelledError */
export async function runMapping(
	operation: Mapping,
	values: FormValues,
	output: OutputOptions,
	requests: ApiRequest[],
	{ send, concurrency }: Pick<OperationContext, 'send' | 'concurrency'>,
): Promise<OperationResult> {
	const { returns } = operation;
	if (returns.kind === 'list') return await runList(requests, returns, output, send, concurrency);
	if (isWrite(operation) && values.options.dryRun) {
		const { batch } = operation;
		const previewed = batch ? [mergeEntries(requests, batch)] : requests;
		const ids = { ...values.body, ...values.path };
		return { records: [await previewRequests(operation, ids, previewed, send)] };
	}
	return { records: [await sendAll(requests, returns.view, output, send)] };
}

/**
 * Runs the items of a batch in one request.
 *
 * @returns for each item its result, or the error if the response has no record of it
 * @throws RequestError, CancelledError
 */
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
			? { records: [toOutputRecord(record, returns.view, items[at].output)] }
			: new MissingResultError(request),
	);
}

/** Sends requests in order; the last response is the output. */
async function sendAll(
	requests: ApiRequest[],
	view: View,
	output: OutputOptions,
	send: Send,
): Promise<IDataObject> {
	let response: unknown;
	for (const request of requests) response = await send(request);
	if (response instanceof AlreadyDeleted)
		return deletedOutput(requests[requests.length - 1], view, output);
	return isRecord(response)
		? toOutputRecord(response, view, output)
		: outputWithoutRecord(response);
}

/**
 * Returns the output of a DELETE whose response was lost, with facts only. The path ends in the ID
 * of the deleted record only if the view has an `id`; otherwise in another record's ID, or in a word.
 */
function deletedOutput({ path }: ApiRequest, view: View, output: OutputOptions): IDataObject {
	const names = view.fields.map(outputName);
	if (!names.includes('deleted')) return { deleted: true, success: true };
	if (!names.includes('id')) return toOutputRecord({ deleted: true }, view, output);
	const id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
	return toOutputRecord({ id, deleted: true }, view, output);
}

const isRecord = (response: unknown): response is ClerkRecord =>
	response !== null && typeof response === 'object';

/** Returns the output of a response that is not JSON: its text, if it has one. */
export const outputWithoutRecord = (response: unknown): IDataObject =>
	typeof response === 'string' ? { text: response, success: true } : { success: true };

/** Returns the output of a single record; only the simplified one has `success`. */
function toOutputRecord(record: ClerkRecord, view: View, output: OutputOptions): IDataObject {
	const row = toRow(record, view, output);
	return output.output === 'simplified' ? { ...row, success: true } : row;
}
