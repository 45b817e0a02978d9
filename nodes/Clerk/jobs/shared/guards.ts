import { IncompleteJobError } from '../../engine/run/incompleteJob';
import { toItems } from './actions';
import type { Row } from './actions';

/** What keeps a job from doing far more than was meant: then it does nothing, and says what it would have done. */

export interface Bounds {
	/** How many actions of this kind a run may take at most; without it, any number. */
	count?: number;
	/** How many percent of all there are. */
	percent?: number;
}

/**
 * Why a run is stopped, if it is. A dry run only says so.
 *
 * @param planned - the report of the plan
 * @param wanted - how many of its actions count
 * @param all - of how many; 0 where it could not be read
 * @param what - as in "12 users would be deleted"
 */
export function objection(
	planned: Row[],
	wanted: number,
	all: number,
	{ count = Infinity, percent = 100 }: Bounds,
	what: string,
): IncompleteJobError | undefined {
	const share = wanted === 0 ? 0 : all === 0 ? 100 : (wanted / all) * 100;
	const limit =
		wanted > count
			? `at most ${count}`
			: share > percent
				? `at most ${percent} percent of ${all}`
				: undefined;
	if (limit === undefined) return undefined;
	return new IncompleteJobError(
		`${wanted} ${what}, but the form allows ${limit}, so nothing was done`,
		toItems(planned).records,
		['Look at the plan (turn on Dry Run), and raise the guard if it is what you want.'],
	);
}
