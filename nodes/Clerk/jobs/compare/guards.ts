import { checkBounds } from '../shared/guards';
import type { Bounds, Objection } from '../shared/guards';

/** What a run found gone. */
export interface GoneRows {
	/** How many of the listed records are gone. */
	count: number;
	/** How many records are listed. */
	listed: number;
	/** As a sentence names several records. */
	plural: string;
	/** Empty if Clerk does not say. */
	instanceId: string;
}

/**
 * Returns why a run is stopped in which too many rows are gone, or all of several; undefined if it goes on.
 * That all are gone is stopped whatever the bounds: with the key of another instance, none is there, and a
 * short list never reaches Max Gone.
 */
export function checkGone(
	{ count, listed, plural, instanceId }: GoneRows,
	bounds: Bounds,
): Objection | undefined {
	const check = `Check that the list comes from this instance (${instanceId || 'its ID is not known'}).`;
	if (count > 1 && count === listed) {
		return {
			sentence: `all ${count} listed ${plural} would be reported as gone`,
			advice: `${check} If these ${plural} were really deleted, empty the list by hand.`,
		};
	}
	const objection = checkBounds(
		{
			count,
			total: listed,
			noun: `listed ${plural}`,
			participle: 'reported as gone',
			countLabel: 'Max Gone',
			percentLabel: 'Max Gone Percent',
		},
		bounds,
	);
	const advice = `${check} If these ${plural} were really deleted, raise the limit.`;
	return objection && { ...objection, advice };
}
