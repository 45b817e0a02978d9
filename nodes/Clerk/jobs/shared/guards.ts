import type { OperationResult } from '../../engine/operation';
import { IncompleteJobError } from '../../engine/run/incompleteJob';

/** Guards stop a job that would change far more than was meant: it sends no write, and reports its plan. */

export interface Bounds {
	/** Largest number of actions of a run; any number by default. */
	count?: number;
	/** Largest share of all records, in percent; 100 by default. */
	percent?: number;
}

/** Why a guard stops a run. */
export interface Objection {
	/** As in "8 of 24 users (33 %) would be deleted; Max % of Users allows 10 %". */
	sentence: string;
	/** What to do, as a sentence with a full stop. */
	advice: string;
}

/** What a guard counts, for its sentence. */
export interface Counted {
	/** How many of the actions the bounds apply to. */
	count: number;
	/** How many records there are; 0 where that could not be read. */
	total: number;
	/** Completes "8 of 24 …", as in `users`. */
	noun: string;
	/** Completes "would be …", as in `deleted`. */
	participle: string;
	/** The label of the field with the largest number. */
	countLabel: string;
	/** The label of the field with the largest share, where there is one. */
	percentLabel?: string;
}

/** Returns why a run is stopped; undefined if it is within the bounds. */
export function checkBounds(
	{ count, total, noun, participle, countLabel, percentLabel }: Counted,
	bounds: Bounds,
): Objection | undefined {
	const { count: maxCount = Infinity, percent: maxPercent = 100 } = bounds;
	const share = count === 0 ? 0 : total === 0 ? 100 : (count / total) * 100;
	const limit =
		count > maxCount
			? { label: countLabel, text: String(maxCount) }
			: share > maxPercent
				? { label: percentLabel ?? countLabel, text: `${maxPercent} %` }
				: undefined;
	if (!limit) return undefined;
	return {
		sentence: `${count} of ${total} ${noun} (${describeShare(share, maxPercent)} %) would be ${participle}; ${limit.label} allows ${limit.text}`,
		advice: `Look at the plan ('Run Mode': Plan Only), and raise '${limit.label}' if the plan is what you want.`,
	};
}

/** Whole percents, unless the share would then look like the bound it exceeds. */
function describeShare(share: number, bound: number): string {
	const rounded = Math.round(share);
	return share > bound && rounded <= bound ? share.toFixed(2) : String(rounded);
}

/**
 * Returns the words for the summary of a plan or of a stopped run; undefined if nothing stops it.
 *
 * @param sentences - those of the guards, undefined for a guard that lets it run
 */
export function wouldStop(...sentences: Array<string | undefined>): string | undefined {
	const given = sentences.filter((sentence) => sentence !== undefined);
	return given.length > 0 ? `Would stop: ${given.join('; ')}` : undefined;
}

/** Returns the error of a run that a guard stopped. @param report - of the plan, with its summary */
export const stoppedError = (
	{ sentence, advice }: Objection,
	report: OperationResult,
): IncompleteJobError =>
	new IncompleteJobError(`Stopped: ${sentence}. Nothing was changed`, report.records, [advice]);
