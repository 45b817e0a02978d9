import { PAST_PARTICIPLE } from '../shared/actions';
import type { Action } from '../shared/actions';
import { checkBounds } from '../shared/guards';
import type { Bounds, Objection } from '../shared/guards';
import type { CleanUpOptions } from './plan';

/**
 * Returns why a clean-up of too many users is stopped; undefined if it is within the bounds.
 *
 * @param allUsers - the number of users of the instance
 */
export function checkCleanUp(
	plan: Action[],
	allUsers: number,
	{ accountAction, graceDays }: CleanUpOptions,
	bounds: Bounds,
): Objection | undefined {
	if (accountAction === 'nothing') return undefined;
	return checkBounds(
		{
			count: plan.filter(({ action, isSkipped }) => !isSkipped && action !== 'unmark').length,
			total: allUsers,
			noun: 'users',
			participle: `${graceDays > 0 ? 'marked or ' : ''}${PAST_PARTICIPLE[accountAction]}`,
			countLabel: 'Max Users',
			percentLabel: 'Max % of Users',
		},
		bounds,
	);
}
