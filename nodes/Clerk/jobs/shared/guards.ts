import { IncompleteJobError } from '../../engine/run/incompleteJob';
import { toResult } from './report';
import type { ReportRow } from './report';

/** Guards stop a job that would change far more than was meant: it sends no write, and reports its plan. */

export interface Bounds {
	/** Largest number of actions of a run; any number by default. */
	count?: number;
	/** Largest share of all records, in percent; 100 by default. */
	percent?: number;
}

/**
 * Returns the error that stops a run, or undefined if it is within the bounds. Not thrown, because a
 * dry run only reports it.
 *
 * @param planned - the report of the plan
 * @param counted - how many of its actions the bounds apply to
 * @param total - how many records there are; 0 where that could not be read
 * @param what - completes "12 …", as in "12 users would be deleted"
 */
export function checkBounds(
	planned: ReportRow[],
	counted: number,
	total: number,
	{ count = Infinity, percent = 100 }: Bounds,
	what: string,
): IncompleteJobError | undefined {
	const share = counted === 0 ? 0 : total === 0 ? 100 : (counted / total) * 100;
	const limit =
		counted > count
			? `at most ${count}`
			: share > percent
				? `at most ${percent} percent of ${total}`
				: undefined;
	if (limit === undefined) return undefined;
	return new IncompleteJobError(
		`${counted} ${what}, but the form allows ${limit}, so nothing was done`,
		toResult(planned).records,
		['Look at the plan (turn on Dry Run), and raise the guard if it is what you want.'],
	);
}
