import { groupByKey, runConcurrently } from './concurrency';
import { itemAfterError } from './items';
import { runForItem, operationContextFor } from './operationContext';
import type { Run } from './run';

/** Review: what the items of a procedure read is judged together. */

/**
 * Reads what the items have for review, and checks it once for all of them, before the first write is
 * sent. An item that cannot be read is failed; if the check throws, none is carried out.
 */
export async function reviewItems(run: Run): Promise<void> {
	const { items, context } = run;
	const all = items.all.map((_, index) => index);
	const indexes = items.preparedAmong(all).filter((index) => items.prepared(index).review);
	if (indexes.length === 0) return;
	const { concurrency, groups } = context;
	const concurrencyPerItem = Math.max(1, Math.floor(concurrency / indexes.length));
	const read = new Map<number, unknown>();
	await runConcurrently(
		groupByKey(indexes.length, () => undefined),
		{
			concurrency,
			errorCount: () => groups.reduce((sum, { client }) => sum + client.serverErrors, 0),
			isStopped: () => items.isStopped,
		},
		async (at) => {
			const index = indexes[at];
			const { review, values } = items.prepared(index);
			const own = operationContextFor(run.groupOf(index)!, concurrencyPerItem);
			const operationContext = { ...own, lookUp: async () => await Promise.resolve(undefined) };
			const itemResult = await runForItem(
				values,
				operationContext,
				async (given) => await review!.read(given),
			);
			if (itemResult.isDone) read.set(index, itemResult.result);
			else items.finish(index, itemResult.item);
		},
	);
	if (!items.isStopped) checkAll(run, read);
}

/** @param read - by item */
function checkAll({ items }: Run, read: Map<number, unknown>): void {
	const indexes = [...read.keys()].sort((a, b) => a - b);
	if (indexes.length === 0) return;
	const [first] = indexes;
	try {
		items.prepared(first).review!.check(indexes.map((index) => read.get(index)));
	} catch (error) {
		items.set(first, itemAfterError(error));
		items.skipRest();
	}
}
