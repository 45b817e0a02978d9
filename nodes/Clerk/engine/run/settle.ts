import {
	CancelledInFlightError,
	isUncertainError,
	MissingResultError,
	RequestError,
} from '../http/outcome';
import { secretValues } from '../input/secretValues';
import { withoutStaleFields } from '../input/staleFields';
import { CancelledError } from '../rateLimit/cancellation';
import { toNodeError } from './errors';
import type { NodeError } from './errors';
import { IncompleteJobError } from './incompleteJob';
import { BatchRejectedError } from './items';
import type { FailedItem, Item } from './items';
import type { Run } from './run';
import { readerFor } from './start';

/** Settle, after each stage that can fail items: decides whether a failure ends the run, and says how the items ended. */

/**
 * Throws the first failure that ends the run, if there is one.
 *
 * @throws NodeApiError, NodeOperationError; the description says how the other items ended
 */
export function throwFatalFailure(run: Run): void {
	const { all } = run.items;
	const isFatal = (item: Item) =>
		item.state === 'failed' && !wasRejectedWithBatch(item) && run.items.endsRun(item);
	const index = all.findIndex(isFatal);
	const item = all[index];
	if (item?.state !== 'failed') return;
	throw errorBuilderFor(run)(item, index, notesOnOthers(all, index));
}

/** Returns a function that gives the error of a failed item. The remaining items are counted once, not per item. */
export function errorBuilderFor(
	run: Run,
): (item: FailedItem, index: number, notesOnRun?: string[]) => NodeError {
	const { host, operation, resources } = run.context;
	const withoutStale = withoutStaleFields(operation, resources);
	const notesIfLimited = notesOnRemaining(run.items.all);
	return (item, index, notesOnRun = []) =>
		toNodeError(item.error, {
			node: host.getNode(),
			// An agent does not see the items of n8n.
			itemIndex: run.isForAgent ? undefined : index,
			operation,
			secretKey: run.groupOf(index)?.credential.secretKey,
			secrets: secretValues(operation, withoutStale(readerFor(host, index))),
			isPartlyDone: item.sent.length > 0,
			notes: [...notesOn(item, index), ...notesIfLimited(item), ...notesOnRun],
			batchItems: item.batch && toRanges(item.batch),
		});
}

/** Not sent, because the rate limit is used up for longer than Max Wait. */
const isLimited = (item: Item): boolean =>
	item.state === 'failed' &&
	item.error instanceof RequestError &&
	item.error.failure.kind === 'limited';

/** Stopped before it was sent, or while it only read. */
const isCancelled = (item: Item): boolean =>
	item.state === 'failed' &&
	item.sent.length === 0 &&
	item.error instanceof CancelledError &&
	!(item.error instanceof CancelledInFlightError);

const wasNotSent = (item: Item): boolean =>
	item.state === 'prepared' || item.state === 'skipped' || isLimited(item) || isCancelled(item);

const hasUnknownOutcome = (item: Item): boolean =>
	item.state === 'failed' &&
	(item.error instanceof MissingResultError ||
		item.error instanceof CancelledInFlightError ||
		isUncertainError(item.error));

/** Whether running the item again could write something twice. */
export const mayHaveWritten = (item: Item): boolean =>
	item.state === 'done' ||
	hasUnknownOutcome(item) ||
	(item.state === 'failed' && (item.sent.length > 0 || item.error instanceof IncompleteJobError));

const wasRejectedWithBatch = (item: Item): boolean =>
	item.state === 'failed' && item.error instanceof BatchRejectedError;

/** Upper bound of the requests that a note lists. */
const MAX_LISTED = 10;

/** Returns notes on the item itself: the writes that had succeeded, and the items of its batch. */
function notesOn({ sent, batch }: FailedItem, index: number): string[] {
	const listed = sent.slice(0, MAX_LISTED).map(({ method, path }) => `${method} ${path}`);
	const more = sent.length > MAX_LISTED ? ` and ${sent.length - MAX_LISTED} more` : '';
	const notes =
		listed.length > 0 ? [`Already carried out for this item: ${listed.join(', ')}${more}.`] : [];
	if (!batch) return notes;
	const others = toRanges(batch.filter((one) => one !== index));
	return [
		...notes,
		`Sent in one call with items ${others}; what Clerk reports may be about another of them. Nothing in the call was carried out.`,
	];
}

/** Returns notes on how the other items had ended when one item ended the run. */
function notesOnOthers(all: readonly Item[], endedBy: number): string[] {
	if (all.length === 1) return [];
	const indexesOf = (matches: (item: Item) => boolean) =>
		toRanges(all.flatMap((item, index) => (index !== endedBy && matches(item) ? [index] : [])));
	const isPartlyDone = (item: Item) => item.state === 'failed' && item.sent.length > 0;
	const wasRejected = (item: Item) =>
		item.state === 'failed' &&
		!wasNotSent(item) &&
		!isPartlyDone(item) &&
		!hasUnknownOutcome(item) &&
		!wasRejectedWithBatch(item);

	const done = indexesOf((item) => item.state === 'done');
	const others: Array<[outcome: string, indexes: string]> = [
		['Partly carried out', indexesOf(isPartlyDone)],
		['Outcome unknown', indexesOf(hasUnknownOutcome)],
		['Refused as well', indexesOf(wasRejected)],
		['Not carried out, because their call was refused', indexesOf(wasRejectedWithBatch)],
		['Not sent', indexesOf(wasNotSent)],
	];
	return [
		done ? `Carried out before the node stopped: items ${done}.` : 'No other item was carried out.',
		...others
			.filter(([, indexes]) => indexes)
			.map(([outcome, indexes]) => `${outcome}: items ${indexes}.`),
	];
}

/** Returns a function that gives the note on an item that the rate limit kept from being sent. */
function notesOnRemaining(all: readonly Item[]): (item: Item) => string[] {
	const remaining = all.filter(wasNotSent).length;
	return (item) => (isLimited(item) ? [`${remaining} of ${all.length} items are left.`] : []);
}

/** `[0, 1, 2, 5]` → `0–2, 5`; at most 20 ranges. */
function toRanges(indexes: number[]): string {
	const ranges: string[] = [];
	for (let start = 0; start < indexes.length;) {
		let end = start;
		while (indexes[end + 1] === indexes[end] + 1) end++;
		ranges.push(start === end ? `${indexes[start]}` : `${indexes[start]}–${indexes[end]}`);
		start = end + 1;
	}
	return ranges.length > 20 ? `${ranges.slice(0, 20).join(', ')}, …` : ranges.join(', ');
}
