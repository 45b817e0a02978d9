import { clearedFields } from '../input/emptyValues';
import type { FormValues } from '../input/readForm';
import type { Batch, Mapping, OperationContext, OperationResult, Send } from '../operation';
import { matchErrors } from '../request/batch';
import type { Call } from './calls';
import { groupByKey, runConcurrently } from './concurrency';
import type { CredentialGroup } from './credentials';
import { BatchRejectedError, itemAfterError } from './items';
import type { Item } from './items';
import { runForItem, operationContextFor } from './operationContext';
import { lookUpOnce } from './procedureLookUps';
import type { PreparedItem } from './prepareItem';
import type { Run } from './run';
import { runBatch } from './runMapping';

/** Send: runs the calls. */

/** How often the rest of a rejected batch is sent again. Each time uses up one of the few calls of an hour. */
const MAX_RESENDS = 2;

/** Runs all calls concurrently, those with the same key in order, until a failure stops the run. */
export async function runCalls(run: Run, calls: Call[]): Promise<void> {
	const { groups, concurrency } = run.context;
	// The calls of a credential whose limit is used up must not keep those of others waiting.
	const perGroup = Math.max(1, Math.floor(concurrency / groups.length));
	await runConcurrently(
		groupByKey(groups.length, () => undefined),
		{ concurrency, errorCount: () => 0, isStopped: () => run.items.isStopped },
		async (at) => {
			const own = calls.filter(({ indexes }) => groups[at].has(indexes[0]));
			await runGroup(run, groups[at], own, perGroup);
		},
	);
	const summary = run.context.progress.end();
	if (summary) run.hint(summary);
}

/** Runs the calls of items with one credential. @param concurrency - how many at once */
async function runGroup(
	run: Run,
	group: CredentialGroup,
	calls: Call[],
	concurrency: number,
): Promise<void> {
	const { client, send } = group;
	const { items } = run;
	/** Targets of the items that have started: a later item of one finds another record than was checked. */
	const started = new Set<string | undefined>();
	// Items that send many requests share the concurrency.
	const concurrencyPerItem = Math.max(1, Math.floor(concurrency / Math.max(1, calls.length)));
	await runConcurrently(
		groupByKey(calls.length, (call) => calls[call].orderKey),
		{ concurrency, errorCount: () => client.serverErrors, isStopped: () => items.isStopped },
		async (call) => {
			const { indexes, isBatch } = calls[call];
			if (isBatch) return await runBatchCall(run, send, indexes);
			const [index] = indexes;
			const { target, lookUp: checked } = items.prepared(index);
			const isChanged = checked !== undefined && started.has(target);
			started.add(target);
			const lookUp = async () => (isChanged ? await lookUpOnce(checked, send) : undefined);
			const operationContext = { ...operationContextFor(group, concurrencyPerItem), lookUp };
			items.finish(index, await runItem(items.prepared(index), operationContext));
		},
	);
}

/** Runs one item, and returns the state in which it ends. */
async function runItem(
	{ values, execute }: PreparedItem,
	context: OperationContext,
): Promise<Item> {
	const itemResult = await runForItem(values, context, execute);
	if (!itemResult.isDone) return itemResult.item;
	const { result, sent } = itemResult;
	const cleared = clearedFields(values, sent);
	const withCleared = cleared.length > 0 ? { ...result, cleared } : result;
	return { state: 'done', result: withHints(withCleared, values) };
}

/** Adds what was noticed in the form. */
const withHints = (result: OperationResult, { hints }: FormValues): OperationResult =>
	hints.length > 0 ? { ...result, hints: [...(result.hints ?? []), ...hints] } : result;

/** @param resends - how often entries that Clerk does not name may be sent again */
async function runBatchCall(
	run: Run,
	send: Send,
	indexes: number[],
	resends = MAX_RESENDS,
): Promise<void> {
	const { context, items } = run;
	const operation = context.operation as Mapping;
	const prepared = indexes.map((index) => items.prepared(index));
	try {
		const results = await runBatch(operation, prepared, send);
		results.forEach((result, at) =>
			items.finish(
				indexes[at],
				result instanceof Error
					? itemAfterError(result)
					: { state: 'done', result: withHints(result, prepared[at].values) },
			),
		);
	} catch (error) {
		await onBatchRejected(run, send, operation.batch!, indexes, error, resends);
	}
}

/**
 * Fails the items that Clerk names, and sends the rest again: one invalid entry rejects its whole batch.
 * Halving the batch to find an entry that Clerk does not name would use up the hourly limit.
 */
async function onBatchRejected(
	run: Run,
	send: Send,
	batch: Batch,
	indexes: number[],
	error: unknown,
	resends: number,
): Promise<void> {
	const { items } = run;
	const entries = indexes.map((index) => items.entryOf(index));
	const errors = indexes.length > 1 ? matchErrors(error, entries, batch) : undefined;
	const rest = indexes.filter((_, at) => !errors?.[at]);
	if (rest.length === indexes.length) {
		const batchItems = errors && indexes;
		for (const index of indexes) {
			items.finish(index, { state: 'failed', error, sent: [], batch: batchItems });
		}
		return;
	}
	indexes.forEach((index, at) => {
		if (errors?.[at]) items.finish(index, itemAfterError(errors[at]));
	});
	// The batch was already started, so its rest is sent even if the run has stopped.
	if (resends > 0) await runBatchCall(run, send, rest, resends - 1);
	else for (const index of rest) items.finish(index, itemAfterError(new BatchRejectedError()));
}
