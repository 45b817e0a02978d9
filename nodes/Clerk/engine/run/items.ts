import { isUncertainError, MissingResultError, RequestError } from '../http/outcome';
import type { OutputOptions } from '../input/outputOptions';
import type { FormValues } from '../input/readForm';
import type { ApiRequest, OperationResult } from '../operation';
import { outputIfMissing } from './runOperation';
import type { PreparedItem } from './prepareItem';

/** Where each item of a run stands, and what is said of it when the run ends. */

export type Item =
	| { state: 'read'; form: FormValues; wanted: OutputOptions }
	| { state: 'prepared'; prepared: PreparedItem }
	/** Of a set of which other items were refused. */
	| { state: 'skipped' }
	| { state: 'done'; performed: OperationResult }
	| Failed;

/** `sent`: what had been carried out for it by then. `call`: the items of the call that it shared, of which Clerk names none. */
interface Failed {
	state: 'failed';
	error: unknown;
	sent: ApiRequest[];
	call?: number[];
}

/** Of items that nothing is wrong with, as far as Clerk said. */
export class BatchRejectedError extends Error {
	constructor() {
		super(
			'Not carried out, because Clerk kept refusing its call for other items. Run it again without those',
		);
	}
}

/** The item after a step, which may throw. @param form - what a missing record means for it, once that is known */
export function tryStep(step: () => Item, form?: FormValues): Item {
	try {
		return step();
	} catch (error) {
		return toItem(error, form);
	}
}

/** What an item ends as when something was thrown. */
export function toItem(error: unknown, form?: FormValues, sent: ApiRequest[] = []): Item {
	const result = form && sent.length === 0 && outputIfMissing(form, error);
	return result ? { state: 'done', performed: result } : toFailed(error, sent);
}

/** @param sent - what had been carried out for the item by then */
export const toFailed = (error: unknown, sent: ApiRequest[] = []): Failed => ({
	state: 'failed',
	error,
	sent,
});

/** Not carried out, because the rate limit was used up for longer than the user is willing to wait. */
const isLimited = (item: Item): boolean =>
	item.state === 'failed' &&
	item.error instanceof RequestError &&
	item.error.failure.kind === 'limited';

const isSkipped = (item: Item): boolean =>
	item.state === 'prepared' || item.state === 'skipped' || isLimited(item);

const hasUnknownOutcome = (item: Item): boolean =>
	item.state === 'failed' &&
	(item.error instanceof MissingResultError || isUncertainError(item.error));

/** Not carried out, because Clerk refused its call and named another item of it. */
export const wasRejectedWithBatch = (item: Item): boolean =>
	item.state === 'failed' && item.error instanceof BatchRejectedError;

/** The items that shared a refused call, where nobody can say which of them it was refused for. */
export const batchItems = ({ call }: Failed): string | undefined => call && ranges(call);

/** How many requests a person still reads. */
const FEW = 10;

/** What became of the item beside what was refused in the end. */
export function notesOn({ sent, call }: Failed, index: number): string[] {
	// Of an item that takes several requests: what stays done although a later one was refused.
	const named = sent.slice(0, FEW).map(({ method, path }) => `${method} ${path}`);
	const more = sent.length > FEW ? ` and ${sent.length - FEW} more` : '';
	const notes =
		named.length > 0 ? [`Already carried out for this item: ${named.join(', ')}${more}.`] : [];
	if (!call) return notes;
	const others = ranges(call.filter((one) => one !== index));
	return [
		...notes,
		`Sent in one call with items ${others}; what Clerk names may be about another of them. Nothing of the call was carried out.`,
	];
}

/** What became of the others when one item ended the run, so that nobody has to guess. */
export function notesOnRun(items: Item[], endedBy: number): string[] {
	if (items.length === 1) return [];
	const which = (fits: (item: Item) => boolean) =>
		ranges(items.flatMap((item, index) => (index !== endedBy && fits(item) ? [index] : [])));
	const isPartly = (item: Item) => item.state === 'failed' && item.sent.length > 0;
	const isRefused = (item: Item) =>
		item.state === 'failed' &&
		!isSkipped(item) &&
		!isPartly(item) &&
		!hasUnknownOutcome(item) &&
		!wasRejectedWithBatch(item);

	const done = which((item) => item.state === 'done');
	const said: Array<[string, string]> = [
		['Partly carried out', which(isPartly)],
		['Outcome unknown', which(hasUnknownOutcome)],
		['Refused as well', which(isRefused)],
		['Not carried out, because their call was refused', which(wasRejectedWithBatch)],
		['Not sent', which(isSkipped)],
	];
	return [
		done ? `Carried out before the node stopped: items ${done}.` : 'No other item was carried out.',
		...said.filter(([, those]) => those).map(([what, those]) => `${what}: items ${those}.`),
	];
}

/** What an item says that the rate limit kept from being carried out; counted once for all of them. */
export function notesOnRemaining(items: Item[]): (item: Item) => string[] {
	const left = items.filter(isSkipped).length;
	return (item) => (isLimited(item) ? [`${left} of ${items.length} items are left.`] : []);
}

/** `[0, 1, 2, 5]` → `0–2, 5`; long lists end in an ellipsis. */
function ranges(indexes: number[]): string {
	const parts: string[] = [];
	for (let start = 0; start < indexes.length;) {
		let end = start;
		while (indexes[end + 1] === indexes[end] + 1) end++;
		parts.push(start === end ? `${indexes[start]}` : `${indexes[start]}–${indexes[end]}`);
		start = end + 1;
	}
	return parts.length > 20 ? `${parts.slice(0, 20).join(', ')}, …` : parts.join(', ');
}
