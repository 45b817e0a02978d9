import { isOutcomeUnknown, NotAnswered, RequestFailed } from '../http/outcome';
import type { Wanted } from '../input/outputOptions';
import type { Form } from '../input/readForm';
import type { ApiRequest, Performed } from '../operation';
import { outputIfMissing } from './runOperation';
import type { Plan } from './runOperation';

/** Where each item of a run stands, and what is said of it when the run ends. */

export type Item =
	| { state: 'read'; form: Form; wanted: Wanted }
	| { state: 'planned'; plan: Plan }
	/** Of a set of which other items were refused. */
	| { state: 'left' }
	| { state: 'done'; performed: Performed }
	| Failed;

/** `sent`: what had been carried out for it by then. `call`: the items of the call that it shared, of which Clerk names none. */
interface Failed {
	state: 'failed';
	error: unknown;
	sent: ApiRequest[];
	call?: number[];
}

/** Of items that nothing is wrong with, as far as Clerk said. */
export class KeptRefusing extends Error {
	constructor() {
		super(
			'Not carried out, because Clerk kept refusing its call for other items. Run it again without those',
		);
	}
}

/** The item after a step, which may throw. @param form - what a missing record means for it, once that is known */
export function attempt(step: () => Item, form?: Form): Item {
	try {
		return step();
	} catch (error) {
		return settled(error, form);
	}
}

/** What an item ends as when something was thrown. */
export function settled(error: unknown, form?: Form, sent: ApiRequest[] = []): Item {
	const performed = form && sent.length === 0 && outputIfMissing(form, error);
	return performed ? { state: 'done', performed } : asFailed(error, sent);
}

/** @param sent - what had been carried out for the item by then */
export const asFailed = (error: unknown, sent: ApiRequest[] = []): Failed => ({
	state: 'failed',
	error,
	sent,
});

/** Not carried out, because the rate limit was used up for longer than the user is willing to wait. */
const isLimited = (item: Item): boolean =>
	item.state === 'failed' &&
	item.error instanceof RequestFailed &&
	item.error.failure.kind === 'limited';

const isLeft = (item: Item): boolean =>
	item.state === 'planned' || item.state === 'left' || isLimited(item);

const hasUnknownOutcome = (item: Item): boolean =>
	item.state === 'failed' && (item.error instanceof NotAnswered || isOutcomeUnknown(item.error));

/** Not carried out, because Clerk refused its call and named another item of it. */
export const isBystander = (item: Item): boolean =>
	item.state === 'failed' && item.error instanceof KeptRefusing;

/** The items that shared a refused call, where nobody can say which of them it was refused for. */
export const sharersOf = ({ call }: Failed): string | undefined => call && ranges(call);

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
		!isLeft(item) &&
		!isPartly(item) &&
		!hasUnknownOutcome(item) &&
		!isBystander(item);

	const done = which((item) => item.state === 'done');
	const said: Array<[string, string]> = [
		['Partly carried out', which(isPartly)],
		['Outcome unknown', which(hasUnknownOutcome)],
		['Refused as well', which(isRefused)],
		['Not carried out, because their call was refused', which(isBystander)],
		['Not sent', which(isLeft)],
	];
	return [
		done ? `Carried out before the node stopped: items ${done}.` : 'No other item was carried out.',
		...said.filter(([, those]) => those).map(([what, those]) => `${what}: items ${those}.`),
	];
}

/** What an item says that the rate limit kept from being carried out; counted once for all of them. */
export function notesOnLeft(items: Item[]): (item: Item) => string[] {
	const left = items.filter(isLeft).length;
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
