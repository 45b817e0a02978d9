import type { IDataObject } from 'n8n-workflow';

import { isNotFound } from '../http/outcome';
import type { RequestError } from '../http/outcome';
import type { OutputOptions } from '../input/outputOptions';
import type { FormValues } from '../input/readForm';
import { InvalidItemsError } from '../operation';
import type { ApiRequest, OperationResult } from '../operation';
import { CancelledError } from '../rateLimit/cancellation';
import type { PreparedItem } from './prepareItem';
import { LookupError } from './resolve';

/** The state of each item: read → prepared → done, or failed at any stage. */

export type Item =
	| { state: 'read'; values: FormValues; output: OutputOptions }
	| { state: 'prepared'; prepared: PreparedItem }
	/** Not run, because other items of its set were rejected. */
	| { state: 'skipped' }
	| { state: 'done'; result: OperationResult }
	| FailedItem;

type Errors = NonNullable<OperationResult['errors']>;

export interface FailedItem {
	state: 'failed';
	error: unknown;
	/** The writes that had succeeded for the item by then. */
	sent: ApiRequest[];
	/** Indexes of all items of its batch, if Clerk rejected the batch and named none of them. */
	batch?: number[];
}

/** An item whose batch Clerk rejected because of other items. */
export class BatchRejectedError extends Error {
	constructor() {
		super(
			'Not carried out, because Clerk kept rejecting its call over other items. Run it again without them',
		);
	}
}

/** The items of a run in the order of the input, and whether the run starts any more of them. */
export class Items {
	private readonly items: Item[] = [];

	/** Once true, calls under way finish, and no further one starts. */
	isStopped = false;

	constructor(private readonly continuesOnFail: boolean) {}

	get all(): readonly Item[] {
		return this.items;
	}

	/** Returns those of `indexes` whose items are prepared. */
	preparedAmong(indexes: number[]): number[] {
		return indexes.filter((index) => this.items[index]?.state === 'prepared');
	}

	/** @param index - of a prepared item */
	prepared(index: number): PreparedItem {
		return (this.items[index] as { prepared: PreparedItem }).prepared;
	}

	/** Returns the request by which an item joins a batch. @param index - of a prepared item of a mapping */
	entryOf(index: number): ApiRequest {
		return this.prepared(index).requests[0];
	}

	/** Adds the next item of the input. */
	append(item: Item): void {
		this.items.push(item);
	}

	set(index: number, item: Item): void {
		this.items[index] = item;
	}

	/** Sets the state of an item after its call. A failure that ends the run sets `isStopped`. */
	finish(index: number, item: Item): void {
		if (item.state === 'failed' && item.error instanceof InvalidItemsError) {
			this.rejectSet(item.error);
			return;
		}
		if (item.state === 'done' && item.result.errors) {
			this.finishEach(item.result, item.result.errors);
			return;
		}
		this.items[index] = item;
		if (item.state === 'failed' && this.endsRun(item)) this.isStopped = true;
	}

	/** Lets the first item run for the whole set. */
	runAsSet(prepared: PreparedItem): void {
		this.items.fill({ state: 'done', result: { records: [] } });
		this.items[0] = { state: 'prepared', prepared };
	}

	/** Gives each item of a set its own records, or its error. */
	private finishEach(
		{ records, itemIndexes = [], ...result }: OperationResult,
		errors: Errors,
	): void {
		const own = this.items.map((): IDataObject[] => []);
		records.forEach((record, at) => own[itemIndexes[at] ?? 0].push(record));
		this.items.forEach((_, index) => {
			this.items[index] = errors.has(index)
				? itemAfterError(errors.get(index))
				: { state: 'done', result: { records: own[index] } };
		});
		const first = this.items.find(({ state }) => state === 'done');
		if (first?.state === 'done') first.result = { ...result, records: first.result.records };
	}

	/** Whether a failure is thrown instead of output. */
	endsRun({ error }: FailedItem): boolean {
		return !this.continuesOnFail || error instanceof CancelledError;
	}

	/** Fails the items of a set that the error names, or else the first one, and skips the others. */
	rejectSet(error: unknown): void {
		const byItem = error instanceof InvalidItemsError ? error.byItem : new Map([[0, error]]);
		for (const [index, itemError] of byItem) this.items[index] = itemAfterError(itemError);
		this.skipRest();
	}

	/** Skips every item of a set that has not failed, and stops the run. */
	skipRest(): void {
		const rejected = new Error('Not carried out, because other items of the input were refused');
		const skipped: Item = this.continuesOnFail ? itemAfterError(rejected) : { state: 'skipped' };
		this.items.forEach(({ state }, index) => {
			if (state !== 'failed') this.items[index] = skipped;
		});
		this.isStopped = true;
	}
}

/** Returns the item after a step, or failed with the error that the step threw. @param values - given where If Not Found may accept a missing record */
export function tryStep(step: () => Item, values?: FormValues): Item {
	try {
		return step();
	} catch (error) {
		return itemAfterError(error, values);
	}
}

/**
 * Returns the failed item for an error, or a done one if its record is missing and If Not Found accepts that.
 *
 * @param values - given where If Not Found may accept a missing record
 * @param sent - the writes that had succeeded for the item by then
 */
export function itemAfterError(error: unknown, values?: FormValues, sent: ApiRequest[] = []): Item {
	const isAccepted = values && sent.length === 0 && isAcceptedAsMissing(error, values);
	// An empty record, so that every input item keeps its place in the output.
	return isAccepted
		? { state: 'done', result: { records: [{}] } }
		: { state: 'failed', error, sent };
}

/** Whether the error says that the item's record is missing, and If Not Found is set to output an empty item. */
function isAcceptedAsMissing(error: unknown, values: FormValues): boolean {
	if (values.options.ifNotFound !== 'empty') return false;
	if (error instanceof LookupError) return error.isMissing;
	return isNotFound(error) && !namesWrittenField(error, values);
}

/** Whether a 404 names a field that was to be written: then the record that it refers to is missing. */
const namesWrittenField = (error: RequestError, { body, query }: FormValues): boolean =>
	error.parameters.some((name) => Object.hasOwn(body, name) || Object.hasOwn(query, name));
