import type { INodeExecutionData } from 'n8n-workflow';

import { toAgentOutput } from './agent';
import type { NodeError } from './errors';
import { IncompleteJobError } from './incompleteJob';
import type { FailedItem } from './items';
import type { Run } from './run';
import { itemErrorsIn } from './settle';

const TRUNCATED =
	'There may be more than the Limit let through. Turn on Return All to get everything.';

/** Returns the output of a run that has ended: in the order of the input, each record linked to its item. */
export function toOutput(run: Run): INodeExecutionData[] {
	const toItemError = itemErrorsIn(run);
	let isTruncated = false;
	const output = run.items.all.flatMap((item, index): INodeExecutionData[] => {
		if (item.state === 'failed') {
			return [failedOutput(run, item, index, toItemError(item, index))];
		}
		if (item.state !== 'done') return [];
		const { records, items = [], isTruncated: isCut = false } = item.result;
		isTruncated ||= isCut;
		return records.map((json, at) => ({ json, pairedItem: { item: items[at] ?? index } }));
	});
	if (isTruncated) run.hint(TRUNCATED);
	return run.isForAgent ? toAgentOutput(output, isTruncated ? TRUNCATED : undefined) : output;
}

function failedOutput(
	run: Run,
	item: FailedItem,
	index: number,
	error: NodeError,
): INodeExecutionData {
	const pairedItem = { item: index };
	const report = item.error instanceof IncompleteJobError && { report: item.error.report };
	const json = { error: error.message, ...report };
	if (run.isForAgent) {
		const { description: details } = error;
		return { json: details ? { ...json, details } : json, pairedItem };
	}
	// n8n reduces an item with `error` to its message, but sends only such items to the error output
	// (docs/n8n-notes.md, 22).
	const keepsJson = report && run.context.host.getNode().onError !== 'continueErrorOutput';
	return keepsJson ? { json, pairedItem } : { json, error, pairedItem };
}
