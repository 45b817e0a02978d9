import type { IExecuteFunctions } from 'n8n-workflow';

import type { Client } from '../http/client';
import type { ClerkCredential } from '../http/credential';
import { RefusedItems } from '../operation';
import type { ApiRequest, Operation, Resource } from '../operation';
import { Cancelled } from '../rateLimit/cancellation';
import { answersAgent } from './agent';
import { toNodeFault } from './errors';
import type { NodeFault } from './errors';
import { isBystander, notesOn, notesOnLeft, notesOnRun, settled, sharersOf } from './items';
import type { Item } from './items';
import type { Plan } from './runOperation';

/** What a run is about, and what stays the same in it. */
export interface Setting {
	host: IExecuteFunctions;
	operation: Operation;
	resources: Resource[];
	credential: ClerkCredential;
	client: Client;
	/** How much goes on at once, at most. */
	concurrency: number;
	/** How many items the input has. */
	count: number;
}

/** Where a run stands: each of its items, and whether it goes on. */
export class Run {
	readonly items: Item[] = [];

	/** Nothing new is begun. */
	isStopped = false;

	readonly isForAgent: boolean;

	constructor(readonly about: Setting) {
		this.isForAgent = answersAgent(about.host.getNode());
	}

	get goesOnAfterFailure(): boolean {
		return this.isForAgent || this.about.host.continueOnFail();
	}

	readonly send = async (request: ApiRequest): Promise<unknown> =>
		await this.about.client.send(request);

	hint(message: string): void {
		this.about.host.addExecutionHints?.({ message, location: 'outputPane' });
	}

	/** The indexes of the items that are ready to be carried out. */
	get planned(): number[] {
		return [...this.items.keys()].filter((index) => this.items[index].state === 'planned');
	}

	/** Of an item that is ready to be carried out. */
	planOf(index: number): Plan {
		return (this.items[index] as { plan: Plan }).plan;
	}

	/** Of an item that shares its call; a procedure has none before it is carried out. */
	entryOf(index: number): ApiRequest {
		return this.planOf(index).requests[0];
	}

	settle(index: number, item: Item): void {
		this.items[index] = item;
		if (item.state !== 'failed') return;
		if (!this.goesOnAfterFailure || item.error instanceof Cancelled) this.isStopped = true;
	}

	/** What is wrong with some items of a set is said of them; of the others, that nothing was done for them. */
	refuseSet(error: unknown): void {
		const byItem = error instanceof RefusedItems ? error.byItem : new Map([[0, error]]);
		for (const [index, complaint] of byItem) this.items[index] = settled(complaint);
		this.refuseRest();
	}

	refuseRest(): void {
		const refused = new Error('Not carried out, because other items of the input were refused');
		const left: Item = this.goesOnAfterFailure ? settled(refused) : { state: 'left' };
		this.items.forEach(({ state }, index) => {
			if (state !== 'failed') this.items[index] = left;
		});
		this.isStopped = true;
	}

	/** @throws NodeApiError, NodeOperationError */
	stopAtFirstFailure(): void {
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

	/** @param sharedBy - which items the answer is to, where it names none of them */
	fault(error: unknown, itemIndex: number, notes: string[], sharedBy?: string): NodeFault {
		const { host, operation, credential } = this.about;
		const item = this.items[itemIndex];
		return toNodeFault(error, {
			node: host.getNode(),
			// An agent knows of no items.
			itemIndex: this.isForAgent ? undefined : itemIndex,
			operation,
			secretKey: credential.secretKey,
			isHalfDone: item.state === 'failed' && item.sent.length > 0,
			notes,
			sharedBy,
		});
	}
}
