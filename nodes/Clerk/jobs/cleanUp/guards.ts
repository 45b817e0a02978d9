import type { IncompleteJobError } from '../../engine/run/incompleteJob';
import { PAST_PARTICIPLE } from '../shared/actions';
import type { Action } from '../shared/actions';
import { checkBounds } from '../shared/guards';
import type { Bounds } from '../shared/guards';
import { toReportRow } from '../shared/report';
import type { CleanUpData, CleanUpOptions } from './plan';
import { summarize } from './report';

/** Returns the error that stops a clean-up of too many users; undefined if it is within the bounds. */
export function checkCleanUp(
	plan: Action[],
	data: CleanUpData,
	{ accountAction, graceDays }: CleanUpOptions,
	bounds: Bounds,
): IncompleteJobError | undefined {
	if (accountAction === 'nothing') return undefined;
	const counted = plan.filter(({ action, isSkipped }) => !isSkipped && action !== 'unmark').length;
	const what = `users would be ${graceDays > 0 ? 'marked or ' : ''}${PAST_PARTICIPLE[accountAction]}`;
	const rows = plan.map(toReportRow);
	return checkBounds(
		[summarize(rows, data, 'planned'), ...rows],
		counted,
		data.allUsers,
		bounds,
		what,
	);
}
