import type { INodeExecutionData } from 'n8n-workflow';

import { toAgentOutput } from './agent';
import type { NodeError } from './errors';
import { failedOutput, preventRepeat } from './failedOutput';
import type { Run } from './run';
import { errorBuilderFor } from './settle';

const TRUNCATED =
	"The 'Limit' was reached, and there may be more records. Turn on 'Return All' to get all of them.";

/** Output: what a run that has ended gives, in the order of the input, each record linked to its item. */
export function toOutput(run: Run): INodeExecutionData[] {
	const toItemError = errorBuilderFor(run);
	const hints = new Set<string>();
	const errors = new Map<INodeExecutionData, NodeError>();
	const cleared: string[] = [];
	const truncated: number[] = [];
	const output = run.items.all.flatMap((item, index): INodeExecutionData[] => {
		if (item.state === 'failed') {
			const error = toItemError(item, index);
			const failed = failedOutput(run, item, index, error);
			errors.set(failed, error);
			return [failed];
		}
		if (item.state !== 'done') return [];
		const { records, itemIndexes = [], isTruncated = false } = item.result;
		if (isTruncated) truncated.push(index);
		for (const hint of item.result.hints ?? []) hints.add(hint);
		cleared.push(...(item.result.cleared ?? []));
		return records.map((json, at) => ({ json, pairedItem: { item: itemIndexes[at] ?? index } }));
	});
	if (truncated.length > 0 && !isLimitNoted(run, output)) hints.add(TRUNCATED);
	if (cleared.length > 0) hints.add(describeCleared(cleared));
	for (const hint of hints) run.hint(hint);
	if (!run.isForAgent) return preventRepeat(run, output, errors);
	return toAgentOutput(output, hints.size > 0 ? [...hints].join(' ') : undefined);
}

/** Whether n8n's editor says itself that the limit was reached (docs/n8n-notes.md, 50). */
const isLimitNoted = ({ isForAgent, context: { host } }: Run, { length }: unknown[]): boolean =>
	!isForAgent && host.getNode().parameters?.limit === length;

/** Says how many fields a run cleared. @param labels - one for each field of each item */
function describeCleared(labels: string[]): string {
	const counts = [...new Set(labels)].map((label) => {
		const count = labels.filter((other) => other === label).length;
		return `${label}: ${count}`;
	});
	const fields = labels.length === 1 ? '1 field was' : `${labels.length} fields were`;
	return `${fields} sent empty, which clears the values in Clerk (${counts.join(', ')}). To keep it, set Options → 'Empty Values' to Leave Out.`;
}
