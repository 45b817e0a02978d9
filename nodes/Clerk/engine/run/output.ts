import type { INodeExecutionData } from 'n8n-workflow';

import { toAgentOutput } from './agent';
import { IncompleteJobError } from './incompleteJob';
import { batchItems, notesOn, notesOnRemaining } from './items';
import type { Item } from './items';
import type { Run } from './run';

const CUT = 'There may be more than the Limit let through. Turn on Return All to get everything.';

type Of<State extends Item['state']> = Extract<Item, { state: State }>;

/** What a run that is over puts out: in the order of the input, each record linked to its item. */
export function outputOf(run: Run): INodeExecutionData[] {
	const notesIfLeft = notesOnRemaining(run.items);
	const output = run.items.flatMap((item, index) => {
		if (item.state === 'done') return recordsOf(item, index);
		return item.state === 'failed' ? [failureOf(run, item, index, notesIfLeft(item))] : [];
	});
	const isCut = run.items.some(
		(item) => item.state === 'done' && item.performed.isTruncated === true,
	);
	if (isCut) run.hint(CUT);
	return run.isForAgent ? toAgentOutput(output, isCut ? CUT : undefined) : output;
}

const recordsOf = ({ performed }: Of<'done'>, index: number): INodeExecutionData[] => {
	const { records, items = [] } = performed;
	return records.map((json, at) => ({ json, pairedItem: { item: items[at] ?? index } }));
};

function failureOf(
	run: Run,
	item: Of<'failed'>,
	index: number,
	notesIfLeft: string[],
): INodeExecutionData {
	const pairedItem = { item: index };
	const notes = [...notesOn(item, index), ...notesIfLeft];
	const error = run.toError(item.error, index, notes, batchItems(item));
	const report = item.error instanceof IncompleteJobError && { report: item.error.report };
	const json = { error: error.message, ...report };
	if (run.isForAgent) {
		const { description: details } = error;
		return { json: details ? { ...json, details } : json, pairedItem };
	}
	// Beside an error n8n leaves of the JSON its message only; the error output needs it all the same.
	const keepsJson = report && run.context.host.getNode().onError !== 'continueErrorOutput';
	return keepsJson ? { json, pairedItem } : { json, error, pairedItem };
}
