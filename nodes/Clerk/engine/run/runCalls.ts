import { InvalidItemsError } from '../operation';
import type { ApiRequest, Batch, Mapping, OperationContext } from '../operation';
import { realClock } from '../rateLimit/clock';
import { matchErrors } from '../request/batch';
import { prepareCalls } from './calls';
import { groupByKey, runConcurrently } from './concurrency';
import { BatchRejectedError, toFailed, toItem } from './items';
import { LookUps } from './lookUps';
import { LookupError } from './resolve';
import type { Run } from './run';
import { runBatch } from './runOperation';

/** How often the rest of a refused call goes again: each time uses up one of the few that an hour has. */
const RESENDS = 2;

/**
 * Whatever was planned is carried out: side by side, each lane in its order.
 *
 * @throws NodeApiError, NodeOperationError
 */
export async function runCalls(run: Run): Promise<void> {
	const { client, concurrency } = run.context;
	const calls = prepareCalls(run);
	const prepared = run.items.map((item) => (item.state === 'prepared' ? item.prepared : undefined));
	const lookUps = new LookUps(prepared, run.send);
	// Of what goes on at once: items that take many requests have as much in all as others.
	const share = Math.max(1, Math.floor(concurrency / Math.max(1, calls.length)));
	await runConcurrently(
		groupByKey(calls.length, (call) => calls[call].orderKey),
		{ ...concurrencyOptions(run), isStopped: () => run.isStopped },
		async (call) => {
			const { indexes, isBatch } = calls[call];
			await (isBatch ? runBatchCall(run, indexes) : runItem(run, indexes[0], lookUps, share));
		},
	);
	const told = client.progress.end();
	if (told) run.hint(told);
	run.throwFirstFailure();
}

const concurrencyOptions = ({ context: { concurrency, client } }: Run) => ({
	concurrency,
	errorCount: () => client.serverErrors,
});

async function runItem(run: Run, index: number, lookUps: LookUps, share: number): Promise<void> {
	const { form, execute } = run.preparedItem(index);
	const sent: ApiRequest[] = [];
	let isKnown = false;
	const operationContext: OperationContext = {
		async send(request) {
			const answer = await run.send(request);
			isKnown = true;
			if (request.method !== 'GET') sent.push(request);
			return answer;
		},
		lookUp: async () => await lookUps.rowsFor(index),
		forEachConcurrently: async (things, work, laneOf) =>
			await forEachConcurrently(run, share, things, work, laneOf),
		ensureAllowed: (requests) => requests.forEach((one) => run.context.client.ensureAllowed(one)),
		remainingFor: (request) => run.context.client.remainingFor(request),
		now: () => realClock.now(),
	};
	try {
		run.setItem(index, { state: 'done', performed: await execute(operationContext) });
	} catch (error) {
		if (error instanceof InvalidItemsError) run.rejectSet(error);
		else {
			// Once Clerk has answered, what it does not find is another record than the item's own.
			const mayBeMissing = !isKnown || error instanceof LookupError;
			run.setItem(index, toItem(error, mayBeMissing ? form : undefined, sent));
		}
	}
}

/** For what one item takes many requests to do. */
async function forEachConcurrently<T>(
	run: Run,
	concurrency: number,
	items: T[],
	work: (thing: T) => Promise<void>,
	orderKeyOf: (thing: T) => string | undefined = () => undefined,
): Promise<void> {
	const thrown: unknown[] = [];
	await runConcurrently(
		groupByKey(items.length, (at) => orderKeyOf(items[at])),
		{ ...concurrencyOptions(run), concurrency, isStopped: () => thrown.length > 0 },
		async (at) => {
			try {
				await work(items[at]);
			} catch (error) {
				thrown.push(error);
			}
		},
	);
	if (thrown.length > 0) throw thrown[0];
}

/** @param resends - how often what Clerk does not name may go again */
async function runBatchCall(run: Run, indexes: number[], resends = RESENDS): Promise<void> {
	const operation = run.context.operation as Mapping;
	const prepared = indexes.map((index) => run.preparedItem(index));
	try {
		const results = await runBatch(operation, prepared, run.send);
		results.forEach((result, at) =>
			run.setItem(
				indexes[at],
				result instanceof Error ? toItem(result) : { state: 'done', performed: result },
			),
		);
	} catch (error) {
		await onBatchRejected(run, operation.batch!, indexes, error, resends);
	}
}

/** One bad entry refuses its whole call. Halving it to find the one would use up the limits of such calls. */
async function onBatchRejected(
	run: Run,
	batch: Batch,
	indexes: number[],
	error: unknown,
	resends: number,
): Promise<void> {
	const entries = indexes.map((index) => run.entryOf(index));
	const blamed = indexes.length > 1 ? matchErrors(error, entries, batch) : undefined;
	const rest = indexes.filter((_, at) => !blamed?.[at]);
	if (rest.length === indexes.length) {
		const call = blamed && indexes;
		for (const index of indexes) run.setItem(index, { ...toFailed(error), call });
		return;
	}
	indexes.forEach((index, at) => {
		if (blamed?.[at]) run.setItem(index, toItem(blamed[at]));
	});
	// It is under way, so that it goes out even if nothing new does any more.
	if (resends > 0) await runBatchCall(run, rest, resends - 1);
	else for (const index of rest) run.setItem(index, toItem(new BatchRejectedError()));
}
