import { isProcedure } from '../operation';
import type { ApiRequest } from '../operation';
import { groupIntoBatches } from '../request/batch';
import { describeQuota, isWorthAHint, overQuota, quotaUses, toRateLimitError } from './hourlyQuota';
import type { QuotaUse } from './hourlyQuota';
import { toItem } from './items';
import type { Run } from './run';

/** What is carried out at once. Those in one lane keep their order. */
export interface Call {
	/** Of the items, ascending. */
	indexes: number[];
	orderKey?: string;
	/** One call carries all of them. */
	isBatch?: boolean;
}

/** What is to be carried out, as far as hourly limits let it through; what would wait too long fails. */
export function prepareCalls(run: Run): Call[] {
	const { prepared } = run;
	const isShown = (index: number) => run.preparedItem(index).form.options.dryRun;
	const shown = prepared.filter(isShown);
	for (const demand of quotaUsesIn(run, inBatches(run, shown))) run.hint(describeQuota(demand));
	const real = inBatches(
		run,
		prepared.filter((index) => !isShown(index)),
	);
	return [...oneEach(run, shown), ...withinQuota(run, real)].sort(
		(a, b) => a.indexes[0] - b.indexes[0],
	);
}

const oneEach = (run: Run, indexes: number[]): Call[] =>
	indexes.map((index) => ({ indexes: [index], orderKey: run.preparedItem(index).target }));

/** As many as a call carries. */
function inBatches(run: Run, indexes: number[]): Call[] {
	const { operation } = run.context;
	if (isProcedure(operation) || !operation.batch) return oneEach(run, indexes);
	const calls = groupIntoBatches(indexes, (index) => run.entryOf(index), operation.batch);
	return calls.map((call) => ({ ...call, isBatch: true }));
}

/** Those that fit go all the same: a limit that is used up is nothing that an item did wrong. */
function withinQuota(run: Run, calls: Call[]): Call[] {
	const late = new Set<Call>();
	for (const demand of quotaUsesIn(run, calls)) {
		if (isWorthAHint(demand)) run.hint(describeQuota(demand));
		const failure = toRateLimitError(demand);
		for (const call of overQuota(demand)) {
			late.add(call);
			for (const index of call.indexes) run.items[index] = toItem(failure);
		}
	}
	return calls.filter((call) => !late.has(call));
}

const quotaUsesIn = (run: Run, calls: Call[]): Array<QuotaUse<Call>> =>
	quotaUses(calls, ({ indexes }) => {
		const request = run.entryOf(indexes[0]) as ApiRequest | undefined;
		return request && run.context.client.remainingFor(request);
	});
