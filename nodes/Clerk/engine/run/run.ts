import type { IExecuteFunctions } from 'n8n-workflow';

import type { Client } from '../http/client';
import type { ClerkCredential } from '../http/credential';
import { InvalidItemsError } from '../operation';
import type { ApiRequest, Operation, Resource } from '../operation';
import { CancelledError } from '../rateLimit/cancellation';
import { isAgentTool } from './agent';
import { toNodeError } from './errors';
import type { NodeError } from './errors';
import {
	batchItems,
	notesOn,
	notesOnRemaining,
	notesOnRun,
	toItem,
	wasRejectedWithBatch,
} from './items';
import type { Item } from './items';
import type { PreparedItem } from './prepareItem';

/** What a run is about, and what stays the same in it. */
export interface RunContext {
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

	constructor(readonly context: RunContext) {
		this.isForAgent = isAgentTool(context.host.getNode());
	}

	get continuesOnFail(): boolean {
		return this.isForAgent || this.context.host.continueOnFail();
	}

	readonly send = async (request: ApiRequest): Promise<unknown> =>
		await this.context.client.send(request);

	hint(message: string): void {
		this.context.host.addExecutionHints?.({ message, location: 'outputPane' });
	}

	/** The indexes of the items that are ready to be carried out. */
	get prepared(): number[] {
		return [...this.items.keys()].filter((index) => this.items[index].state === 'prepared');
	}

	/** Of an item that is ready to be carried out. */
	preparedItem(index: number): PreparedItem {
		return (this.items[index] as { prepared: PreparedItem }).prepared;
	}

	/** Of an item that shares its call; a procedure has none before it is carried out. */
	entryOf(index: number): ApiRequest {
		return this.preparedItem(index).requests[0];
	}

	setItem(index: number, item: Item): void {
		this.items[index] = item;
		if (item.state !== 'failed') return;
		if (!this.continuesOnFail || item.error instanceof CancelledError) this.isStopped = true;
	}

	/** What is wrong with some items of a set is said of them; of the others, that nothing was done for them. */
	rejectSet(error: unknown): void {
		const byItem = error instanceof InvalidItemsError ? error.byItem : new Map([[0, error]]);
		for (const [index, complaint] of byItem) this.items[index] = toItem(complaint);
		this.skipRest();
	}

	skipRest(): void {
		const refused = new Error('Not carried out, because other items of the input were refused');
		const left: Item = this.continuesOnFail ? toItem(refused) : { state: 'skipped' };
		this.items.forEach(({ state }, index) => {
			if (state !== 'failed') this.items[index] = left;
		});
		this.isStopped = true;
	}

	/** @throws NodeApiError, NodeOperationError */
	throwFirstFailure(): void {
		const index = this.items.findIndex(
			(candidate) =>
				candidate.state === 'failed' &&
				!wasRejectedWithBatch(candidate) &&
				(!this.continuesOnFail || candidate.error instanceof CancelledError),
		);
		const item = this.items[index];
		if (item?.state !== 'failed') return;
		const notes = [
			...notesOn(item, index),
			...notesOnRemaining(this.items)(item),
			...notesOnRun(this.items, index),
		];
		throw this.toError(item.error, index, notes, batchItems(item));
	}

	/** @param sharedBy - which items the answer is to, where it names none of them */
	toError(error: unknown, itemIndex: number, notes: string[], sharedBy?: string): NodeError {
		const { host, operation, credential } = this.context;
		const item = this.items[itemIndex];
		return toNodeError(error, {
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
