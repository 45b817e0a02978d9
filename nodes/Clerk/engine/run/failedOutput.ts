import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isWrite } from '../operation';
import type { NodeError } from './errors';
import { IncompleteJobError } from './incompleteJob';
import type { FailedItem } from './items';
import type { Run } from './run';
import { mayHaveWritten } from './settle';

/**
 * The output of an item that failed: the fields and files of its input row, `error` with the message, and
 * `message` with the description.
 *
 * An item that carries an `error` object would be reduced to its message by n8n. Without one, n8n sends to
 * the error output only items of no other keys than `error` and `message`, and fills in the row by itself
 * (docs/n8n-notes.md, 22).
 */

/** Returns the output of a failed item. */
export function failedOutput(
	run: Run,
	{ error }: FailedItem,
	index: number,
	{ message, description }: NodeError,
): INodeExecutionData {
	const pairedItem = { item: index };
	const report = error instanceof IncompleteJobError ? error.report : undefined;
	if (run.isForAgent) {
		const details = description ? { details: description } : {};
		return { json: { error: message, ...(report && { report }), ...details }, pairedItem };
	}
	const { host } = run.context;
	const { json: row, binary } = host.getInputData()[index];
	const files = binary && { binary };
	if (goesToErrorOutput(run)) {
		const text = [description, report && `Report: ${JSON.stringify(report)}`];
		const json = { error: message, ...messageFor(row, text.filter(Boolean).join('\n')) };
		return { json, ...files, pairedItem };
	}
	const json = {
		...row,
		...messageFor(row, description ?? ''),
		error: message,
		...(report && { report }),
	};
	return { json, ...files, pairedItem };
}

/** A `message` of the row's own stays, unless the row is one that failed before, and the message was about that. */
const messageFor = (row: IDataObject, text: string): IDataObject =>
	text === '' || (row.message !== undefined && row.error === undefined) ? {} : { message: text };

const goesToErrorOutput = ({ context }: Run): boolean =>
	context.host.getNode().onError === 'continueErrorOutput';

/**
 * Keeps n8n's *Retry On Fail* from repeating what was carried out: it runs the whole node again when the
 * JSON of the first item of the output has an `error` (docs/n8n-notes.md, 46).
 *
 * Failed items go last if n8n sends them to an output of their own. Elsewhere the order counts, so the
 * first item carries its error as an object, which n8n reduces to the message after it has looked.
 *
 * @param errors - those of the failed items in the output
 */
export function preventRepeat(
	run: Run,
	output: INodeExecutionData[],
	errors: Map<INodeExecutionData, NodeError>,
): INodeExecutionData[] {
	const { host, operation } = run.context;
	const isAtRisk = host.getNode().retryOnFail === true && isWrite(operation);
	if (!isAtRisk || !run.items.all.some(mayHaveWritten)) return output;
	const ordered = goesToErrorOutput(run) ? failedLast(output, errors) : output;
	const [first, ...others] = ordered;
	const error = errors.get(first);
	if (error === undefined) return ordered;
	const message = [error.message, error.description].filter(Boolean).join(' ');
	return [{ ...first, json: { message }, error }, ...others];
}

const failedLast = (
	output: INodeExecutionData[],
	errors: Map<INodeExecutionData, NodeError>,
): INodeExecutionData[] => [
	...output.filter((item) => !errors.has(item)),
	...output.filter((item) => errors.has(item)),
];
