import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { answersAgent, toldToAgent } from './agent';
import { blame, intoCalls } from './batch';
import { beyond, demandsOf, described, failureOf } from './budget';
import type { Demand } from './budget';
import { Client } from './client';
import type { ClerkCredential, RateLimits } from './client';
import { realClock } from './clock';
import { toNodeFault } from './errors';
import {
	asFailed,
	attempt,
	isBystander,
	KeptRefusing,
	notesOn,
	notesOnLeft,
	notesOnRun,
	settled,
	sharersOf,
} from './items';
import type { Item } from './items';
import { intoLanes, runLanes } from './lanes';
import { withoutLeftovers } from './leftovers';
import { LookUps } from './lookUps';
import { RefusedItems } from './input';
import { isProcedure, isSet } from './operation';
import type {
	ApiRequest,
	Batch,
	Mapping,
	Operation,
	Resource,
	SetProcedure,
	Tools,
} from './operation';
import { standardRetries } from './retries';
import { readOptions } from './options';
import { Cancelled } from './pacing';
import { performBatch, plan, planSet } from './perform';
import type { Plan } from './perform';
import { filesOf, openReferences, readForm } from './readForm';
import type { Form, OpenFile, ReadParameter } from './readForm';
import { Unfinished } from './report';
import { resolve } from './resolve';
import { refuseRivals, rivalsOf } from './routes';
import type { Rival } from './routes';
import { findOperation, readCredential, reader } from './start';
import { Upload } from './upload';
import { readWanted } from './wanted';
import type { Wanted } from './wanted';

/** Items in, linked items out: concurrency, order, cancelling, continue on fail. */

/** What there is to operate on. The engine knows it only through this. */
export interface Api {
	resources: Resource[];
	limits: RateLimits;
}

export async function execute(host: IExecuteFunctions, api: Api): Promise<INodeExecutionData[][]> {
	const count = host.getInputData().length;
	if (count === 0) return [[]];
	const run = await Run.start(host, api, count);
	await run.planItems();
	await run.carryOut();
	return [run.output()];
}

/** How often the rest of a refused call goes again: each time uses up one of the few that an hour has. */
const RESENDS = 2;

const CUT = 'There may be more than the Limit let through. Turn on Return All to get everything.';

/** How many forms are read in one go: expressions take up to a millisecond each. */
const BREATH = 100;

class Run {
	private readonly items: Item[] = [];

	private isStopped = false;

	private constructor(
		private readonly host: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly resources: Resource[],
		private readonly rivals: Rival[],
		private readonly cleaned: (read: ReadParameter) => ReadParameter,
		private readonly credential: ClerkCredential,
		private readonly client: Client,
		private readonly concurrency: number,
		private readonly count: number,
		private readonly isForAgent: boolean,
	) {}

	private get goesOnAfterFailure(): boolean {
		return this.isForAgent || this.host.continueOnFail();
	}

	static async start(host: IExecuteFunctions, api: Api, count: number): Promise<Run> {
		const operation = findOperation(host, api.resources);
		const credential = await readCredential(host, count);
		const cleaned = withoutLeftovers(operation, api.resources);
		try {
			const { concurrency, maxRetries, maxWait } = readOptions(operation, cleaned(reader(host, 0)));
			const client = new Client(host, credential, api.limits, {
				maxWaitMs: maxWait * 1_000,
				retries: standardRetries(maxRetries),
			});
			const rivals = rivalsOf(operation, api.resources);
			return new Run(
				host,
				operation,
				api.resources,
				rivals,
				cleaned,
				credential,
				client,
				concurrency,
				count,
				answersAgent(host.getNode()),
			);
		} catch (error) {
			throw toNodeFault(error, { node: host.getNode(), itemIndex: 0 });
		}
	}

	/** Every form is read, every file checked, every id looked up and every request built before the first one is sent. */
	async planItems(): Promise<void> {
		for (let index = 0; index < this.count; index++) {
			if (index % BREATH === 0 && (await this.isCancelled())) break;
			this.items.push(attempt(() => this.read(index)));
		}
		await this.checkFiles();
		this.stopAtFirstFailure();
		const forms = this.items.flatMap((item) => (item.state === 'read' ? [item.form] : []));
		await resolve(
			forms.flatMap(openReferences),
			async (request) => await this.client.send(request),
		);
		if (isSet(this.operation)) this.planTogether(this.operation, forms);
		else this.planAlone();
		this.stopAtFirstFailure();
	}

	private planAlone(): void {
		this.items.forEach((item, index) => {
			if (item.state !== 'read') return;
			const { form, wanted } = item;
			this.items[index] = attempt(() => {
				const planned = plan(this.operation, form, wanted, this.resources, index);
				if (planned.path) refuseRivals(planned.path, this.rivals);
				return { state: 'planned', plan: planned };
			}, form);
		});
	}

	/** The first item stands for the set: what becomes of the set becomes of it. */
	private planTogether(operation: SetProcedure, forms: Form[]): void {
		if (forms.length < this.count) {
			this.refuseRest();
			return;
		}
		const [{ wanted }] = this.items as Array<{ wanted: Wanted }>;
		try {
			const planned = planSet(operation, forms, wanted, this.resources);
			this.items.fill({ state: 'done', performed: { records: [] } });
			this.items[0] = { state: 'planned', plan: planned };
		} catch (error) {
			this.refuseSet(error);
		}
	}

	/** What is wrong with some items of a set is said of them; of the others, that nothing was done for them. */
	private refuseSet(error: unknown): void {
		const byItem = error instanceof RefusedItems ? error.byItem : new Map([[0, error]]);
		for (const [index, complaint] of byItem) this.items[index] = settled(complaint);
		this.refuseRest();
	}

	private refuseRest(): void {
		const refused = new Error('Not carried out, because other items of the input were refused');
		const left: Item = this.goesOnAfterFailure ? settled(refused) : { state: 'left' };
		this.items.forEach(({ state }, index) => {
			if (state !== 'failed') this.items[index] = left;
		});
		this.isStopped = true;
	}

	async carryOut(): Promise<void> {
		const calls = this.calls();
		const lookUps = new LookUps(
			this.items.map((item) => (item.state === 'planned' ? item.plan : undefined)),
			async (request) => await this.client.send(request),
		);
		const lanes = intoLanes(calls.length, (call) => calls[call].lane);
		await runLanes(
			lanes,
			{
				concurrency: this.concurrency,
				pressure: () => this.client.troubles,
				isStopped: () => this.isStopped,
			},
			async (call) => {
				const { indexes, isBatch } = calls[call];
				await (isBatch ? this.carryOutTogether(indexes) : this.carryOutAlone(indexes[0], lookUps));
			},
		);
		const told = this.client.progress.end();
		if (told) this.hint(told);
		this.stopAtFirstFailure();
	}

	output(): INodeExecutionData[] {
		let cut = false;
		const notesIfLeft = notesOnLeft(this.items);
		const output = this.items.flatMap((item, index): INodeExecutionData[] => {
			const pairedItem = { item: index };
			if (item.state === 'done') {
				cut ||= item.performed.cut === true;
				const { records, items = [] } = item.performed;
				return records.map((json, at) => ({ json, pairedItem: { item: items[at] ?? index } }));
			}
			if (item.state !== 'failed') return [];
			const notes = [...notesOn(item, index), ...notesIfLeft(item)];
			const error = this.fault(item.error, index, notes, sharersOf(item));
			const report = item.error instanceof Unfinished && { report: item.error.report };
			const json = { error: error.message, ...report };
			if (this.isForAgent) {
				const { description: details } = error;
				return [{ json: details ? { ...json, details } : json, pairedItem }];
			}
			// Beside an error n8n leaves of the JSON its message only; the error output needs it all the same.
			const keepsJson = report && this.host.getNode().onError !== 'continueErrorOutput';
			return [keepsJson ? { json, pairedItem } : { json, error, pairedItem }];
		});
		if (cut) this.hint(CUT);
		return this.isForAgent ? toldToAgent(output, cut ? CUT : undefined) : output;
	}

	private hint(message: string): void {
		this.host.addExecutionHints?.({ message, location: 'outputPane' });
	}

	private read(index: number): Item {
		const read = this.cleaned(reader(this.host, index));
		const openFile: OpenFile = (named, label, rules) =>
			new Upload(this.host, index, named, label, rules);
		const timezone = this.host.getTimezone();
		const isFirst = index === 0 || !isSet(this.operation);
		const form = readForm(this.operation, read, timezone, openFile, isFirst);
		return { state: 'read', form, wanted: readWanted(this.operation, form, read) };
	}

	/** Lets n8n's own work go on, which may be to stop this execution. */
	private async isCancelled(): Promise<boolean> {
		try {
			await realClock.wait(0, this.host.getExecutionCancelSignal());
			return false;
		} catch (error) {
			this.items.push(settled(error));
			return true;
		}
	}

	/** In lanes, since n8n may keep its files a network away, and opens them without any bound of its own. */
	private async checkFiles(): Promise<void> {
		const files = this.items.map((item) => (item.state === 'read' ? filesOf(item.form) : []));
		await runLanes(
			[...files.keys()].filter((index) => files[index].length > 0).map((index) => [index]),
			{ concurrency: this.concurrency, pressure: () => 0, isStopped: () => false },
			async (index) => {
				try {
					for (const file of files[index]) await file.check();
				} catch (error) {
					this.items[index] = settled(error);
				}
			},
		);
	}

	/** What is to be carried out at once, as far as hourly limits let it through. */
	private calls(): Call[] {
		const planned = [...this.items.keys()].filter((index) => this.items[index].state === 'planned');
		const isShown = (index: number) => this.planOf(index).form.options.dryRun;
		const shown = planned.filter(isShown);
		for (const demand of this.demandsOf(this.intoCalls(shown))) this.hint(described(demand));
		const real = this.intoCalls(planned.filter((index) => !isShown(index)));
		const alone = shown.map((index) => ({ indexes: [index], lane: this.planOf(index).target }));
		return [...alone, ...this.withinBudget(real)].sort((a, b) => a.indexes[0] - b.indexes[0]);
	}

	/** The items that go together: each alone, or as many as a call carries. */
	private intoCalls(indexes: number[]): Call[] {
		const { batch } = this;
		return batch
			? intoCalls(indexes, (index) => this.entryOf(index), batch).map((call) => ({
					...call,
					isBatch: true,
				}))
			: indexes.map((index) => ({ indexes: [index], lane: this.planOf(index).target }));
	}

	/** What would wait too long fails before anything is sent. */
	private withinBudget(calls: Call[]): Call[] {
		const late = new Set<Call>();
		for (const demand of this.demandsOf(calls)) {
			const { limit, requests } = demand.room;
			const isMuch = demand.calls.length > Math.min(limit.budget, requests);
			if (isMuch) this.hint(described(demand));
			const failure = failureOf(demand);
			for (const call of beyond(demand)) {
				late.add(call);
				// Those that fit go all the same, so this stops nothing.
				for (const index of call.indexes) this.items[index] = settled(failure);
			}
		}
		return calls.filter((call) => !late.has(call));
	}

	private demandsOf(calls: Call[]): Array<Demand<Call>> {
		return demandsOf(calls, ({ indexes }) => {
			const request = this.entryOf(indexes[0]) as ApiRequest | undefined;
			return request && this.client.roomFor(request);
		});
	}

	private async carryOutAlone(index: number, lookUps: LookUps): Promise<void> {
		const sent: ApiRequest[] = [];
		const send = async (request: ApiRequest) => {
			const answer = await this.client.send(request);
			if (request.method !== 'GET') sent.push(request);
			return answer;
		};
		const { form, carryOut } = this.planOf(index);
		const tools: Tools = {
			send,
			lookUp: async () => await lookUps.rowsFor(index),
			together: async (things, work, laneOf) => await this.together(things, work, laneOf),
			ensureAllowed: (requests) => requests.forEach((one) => this.client.ensureAllowed(one)),
			now: () => realClock.now(),
		};
		try {
			this.settle(index, { state: 'done', performed: await carryOut(tools) });
		} catch (error) {
			if (error instanceof RefusedItems) this.refuseSet(error);
			else this.settle(index, settled(error, form, sent));
		}
	}

	private get batch(): Batch | undefined {
		return isProcedure(this.operation) ? undefined : this.operation.batch;
	}

	/** For what one item takes many requests to do. */
	private async together<T>(
		things: T[],
		work: (thing: T) => Promise<void>,
		laneOf: (thing: T) => string | undefined = () => undefined,
	): Promise<void> {
		const thrown: unknown[] = [];
		await runLanes(
			intoLanes(things.length, (at) => laneOf(things[at])),
			{
				concurrency: this.concurrency,
				pressure: () => this.client.troubles,
				isStopped: () => thrown.length > 0,
			},
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
	private async carryOutTogether(indexes: number[], resends = RESENDS): Promise<void> {
		const plans = indexes.map((index) => this.planOf(index));
		try {
			const send = async (request: ApiRequest) => await this.client.send(request);
			const performed = await performBatch(this.operation as Mapping, plans, send);
			performed.forEach((result, at) =>
				this.settle(
					indexes[at],
					result instanceof Error ? settled(result) : { state: 'done', performed: result },
				),
			);
		} catch (error) {
			await this.afterRefusal(indexes, error, resends);
		}
	}

	/** One bad entry refuses its whole call. Halving it to find the one would use up the limits of such calls. */
	private async afterRefusal(indexes: number[], error: unknown, resends: number): Promise<void> {
		const entries = indexes.map((index) => this.entryOf(index));
		const blamed = indexes.length > 1 ? blame(error, entries, this.batch!) : undefined;
		const rest = indexes.filter((_, at) => !blamed?.[at]);
		if (rest.length === indexes.length) {
			const call = blamed && indexes;
			for (const index of indexes) this.settle(index, { ...asFailed(error), call });
			return;
		}
		indexes.forEach((index, at) => {
			if (blamed?.[at]) this.settle(index, settled(blamed[at]));
		});
		// It is under way, so that it goes out even if nothing new does any more.
		if (resends > 0) await this.carryOutTogether(rest, resends - 1);
		else for (const index of rest) this.settle(index, settled(new KeptRefusing()));
	}

	private settle(index: number, item: Item): void {
		this.items[index] = item;
		if (item.state !== 'failed') return;
		if (!this.goesOnAfterFailure || item.error instanceof Cancelled) this.isStopped = true;
	}

	private planOf(index: number): Plan {
		return (this.items[index] as { plan: Plan }).plan;
	}

	/** Of an item that shares its call. */
	private entryOf(index: number): ApiRequest {
		return this.planOf(index).requests[0];
	}

	/** @throws NodeApiError, NodeOperationError */
	private stopAtFirstFailure(): void {
		const index = this.items.findIndex(
			(candidate) =>
				candidate.state === 'failed' &&
				!isBystander(candidate) &&
				(!this.goesOnAfterFailure || candidate.error instanceof Cancelled),
		);
		const item = this.items[index];
		if (item?.state !== 'failed') return;
		const notes = [
			...notesOn(item, index),
			...notesOnLeft(this.items)(item),
			...notesOnRun(this.items, index),
		];
		throw this.fault(item.error, index, notes, sharersOf(item));
	}

	private fault(error: unknown, itemIndex: number, notes: string[], sharedBy?: string) {
		return toNodeFault(error, {
			node: this.host.getNode(),
			// An agent knows of no items.
			itemIndex: this.isForAgent ? undefined : itemIndex,
			operation: this.operation,
			secretKey: this.credential.secretKey,
			notes,
			sharedBy,
		});
	}
}

/** What is carried out at once. Those in one lane keep their order. */
interface Call {
	indexes: number[];
	lane?: string;
	/** One call carries all of them. */
	isBatch?: boolean;
}
