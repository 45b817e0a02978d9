import { isProcedure } from '../operation';
import { groupIntoBatches } from '../request/batch';
import type { CredentialGroup } from './credentials';
import { describeQuota, isWorthAHint, overQuota, quotaUses, toRateLimitError } from './hourlyQuota';
import type { QuotaUse } from './hourlyQuota';
import { itemAfterError } from './items';
import type { Run } from './run';

/** Group: prepared items → calls, as many as hourly limits allow. */

/** One item, or a batch of them. Calls with the same key run in order. */
export interface Call {
	/** Of its items, ascending. */
	indexes: number[];
	orderKey?: string;
	/** Whether one request carries all of its items. */
	isBatch?: boolean;
}

/** Groups the prepared items into calls, in the order of the input. Items over an hourly limit are failed. */
export function prepareCalls(run: Run): Call[] {
	return run.context.groups
		.flatMap((group) => prepareGroup(run, group))
		.sort((a, b) => a.indexes[0] - b.indexes[0]);
}

/** Calls of items with one credential: others share neither a call nor a limit with them. */
function prepareGroup(run: Run, group: CredentialGroup): Call[] {
	const preparedIndexes = run.items.preparedAmong(group.indexes);
	const isDryRun = (index: number) => run.items.prepared(index).values.options.dryRun;
	const dryRuns = preparedIndexes.filter(isDryRun);
	// A dry run says what the real one would use.
	for (const use of quotaUsesOf(run, group, toBatches(run, dryRuns))) run.hint(describeQuota(use));
	const real = toBatches(
		run,
		preparedIndexes.filter((index) => !isDryRun(index)),
	);
	return [...toSingleCalls(run, dryRuns), ...withinQuota(run, group, real)];
}

const toSingleCalls = ({ items }: Run, indexes: number[]): Call[] =>
	indexes.map((index) => ({ indexes: [index], orderKey: items.prepared(index).target }));

function toBatches(run: Run, indexes: number[]): Call[] {
	const { operation } = run.context;
	if (isProcedure(operation) || !operation.batch) return toSingleCalls(run, indexes);
	const batches = groupIntoBatches(indexes, (index) => run.items.entryOf(index), operation.batch);
	return batches.map((batch) => ({ ...batch, isBatch: true }));
}

/** Fails the items over an hourly limit; the others still run, since no item is invalid. */
function withinQuota(run: Run, group: CredentialGroup, calls: Call[]): Call[] {
	const rejected = new Set<Call>();
	for (const use of quotaUsesOf(run, group, calls)) {
		if (isWorthAHint(use)) run.hint(describeQuota(use));
		const error = toRateLimitError(use);
		for (const call of overQuota(use)) {
			rejected.add(call);
			for (const index of call.indexes) run.items.set(index, itemAfterError(error));
		}
	}
	return calls.filter((call) => !rejected.has(call));
}

const quotaUsesOf = (
	{ items }: Run,
	{ client }: CredentialGroup,
	calls: Call[],
): Array<QuotaUse<Call>> =>
	quotaUses(calls, ({ indexes }) => {
		const request = items.prepared(indexes[0]).requests.at(0);
		return request && client.remainingFor(request);
	});
