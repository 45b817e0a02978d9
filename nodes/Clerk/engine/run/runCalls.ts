import { RefusedItems } from '../operation';
import type { ApiRequest, Batch, Mapping, Tools } from '../operation';
import { realClock } from '../rateLimit/clock';
import { blame } from '../request/batch';
import { callsOf } from './calls';
import { intoLanes, runLanes } from './concurrency';
import { asFailed, KeptRefusing, settled } from './items';
import { LookUps } from './lookUps';
import { NotLookedUp } from './resolve';
import type { Run } from './run';
import { performBatch } from './runOperation';

/** How often the rest of a refused call goes again: each time uses up one of the few that an hour has. */
const RESENDS = 2;

/**
 * Whatever was planned is carried out: side by side, each lane in its order.
 *
 * @throws NodeApiError, NodeOperationError
 */
export async function carryOut(run: Run): Promise<void> {
	const { client, concurrency } = run.about;
	const calls = callsOf(run);
	const plans = run.items.map((item) => (item.state === 'planned' ? item.plan : undefined));
	const lookUps = new LookUps(plans, run.send);
	// Of what goes on at once: items that take many requests have as much in all as others.
	const share = Math.max(1, Math.floor(concurrency / Math.max(1, calls.length)));
	await runLanes(
		intoLanes(calls.length, (call) => calls[call].lane),
		{ ...sideBySide(run), isStopped: () => run.isStopped },
		async (call) => {
			const { indexes, isBatch } = calls[call];
			await (isBatch ? inOneCall(run, indexes) : alone(run, indexes[0], lookUps, share));
		},
	);
	const told = client.progress.end();
	if (told) run.hint(told);
	run.stopAtFirstFailure();
}

const sideBySide = ({ about: { concurrency, client } }: Run) => ({
	concurrency,
	pressure: () => client.troubles,
});

async function alone(run: Run, index: number, lookUps: LookUps, share: number): Promise<void> {
	const { form, carryOut: perform } = run.planOf(index);
	const sent: ApiRequest[] = [];
	let isKnown = false;
	const tools: Tools = {
		async send(request) {
			const answer = await run.send(request);
			isKnown = true;
			if (request.method !== 'GET') sent.push(request);
			return answer;
		},
		lookUp: async () => await lookUps.rowsFor(index),
		together: async (things, work, laneOf) => await together(run, share, things, work, laneOf),
		ensureAllowed: (requests) => requests.forEach((one) => run.about.client.ensureAllowed(one)),
		roomFor: (request) => run.about.client.roomFor(request),
		now: () => realClock.now(),
	};
	try {
		run.settle(index, { state: 'done', performed: await perform(tools) });
	} catch (error) {
		if (error instanceof RefusedItems) run.refuseSet(error);
		else {
			// Once Clerk has answered, what it does not find is another record than the item's own.
			const mayBeMissing = !isKnown || error instanceof NotLookedUp;
			run.settle(index, settled(error, mayBeMissing ? form : undefined, sent));
		}
	}
}

/** For what one item takes many requests to do. */
async function together<T>(
	run: Run,
	concurrency: number,
	things: T[],
	work: (thing: T) => Promise<void>,
	laneOf: (thing: T) => string | undefined = () => undefined,
): Promise<void> {
	const thrown: unknown[] = [];
	await runLanes(
		intoLanes(things.length, (at) => laneOf(things[at])),
		{ ...sideBySide(run), concurrency, isStopped: () => thrown.length > 0 },
		async (at) => {
			try {
				await work(things[at]);
			} catch (error) {
				thrown.push(error);
			}
		},
	);
	if (thrown.length > 0) throw thrown[0];
}

/** @param resends - how often what Clerk does not name may go again */
async function inOneCall(run: Run, indexes: number[], resends = RESENDS): Promise<void> {
	const operation = run.about.operation as Mapping;
	const plans = indexes.map((index) => run.planOf(index));
	try {
		const performed = await performBatch(operation, plans, run.send);
		performed.forEach((result, at) =>
			run.settle(
				indexes[at],
				result instanceof Error ? settled(result) : { state: 'done', performed: result },
			),
		);
	} catch (error) {
		await afterRefusal(run, operation.batch!, indexes, error, resends);
	}
}

/** One bad entry refuses its whole call. Halving it to find the one would use up the limits of such calls. */
async function afterRefusal(
	run: Run,
	batch: Batch,
	indexes: number[],
	error: unknown,
	resends: number,
): Promise<void> {
	const entries = indexes.map((index) => run.entryOf(index));
	const blamed = indexes.length > 1 ? blame(error, entries, batch) : undefined;
	const rest = indexes.filter((_, at) => !blamed?.[at]);
	if (rest.length === indexes.length) {
		const call = blamed && indexes;
		for (const index of indexes) run.settle(index, { ...asFailed(error), call });
		return;
	}
	indexes.forEach((index, at) => {
		if (blamed?.[at]) run.settle(index, settled(blamed[at]));
	});
	// It is under way, so that it goes out even if nothing new does any more.
	if (resends > 0) await inOneCall(run, rest, resends - 1);
	else for (const index of rest) run.settle(index, settled(new KeptRefusing()));
}
