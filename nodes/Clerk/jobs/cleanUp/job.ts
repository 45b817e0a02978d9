import type { OperationContext, OperationResult } from '../../engine/operation';
import { apply } from '../shared/apply';
import { wouldStop } from '../shared/guards';
import type { Bounds } from '../shared/guards';
import type { InactivityCriteria } from '../shared/inactivity';
import { readPlanScope } from '../shared/runMode';
import type { RunMode } from '../shared/runMode';
import { runPlan } from '../shared/runPlan';
import { selectApproved } from '../shared/selection';
import { checkCleanUp } from './guards';
import { planCleanUp } from './plan';
import type { CleanUpOptions } from './plan';
import { readCleanUpData } from './read';
import { CLEAN_UP_LAYOUT, summarize } from './report';

/**
 * Bans, deletes, locks or signs out inactive users, or only lists them: read → plan → approval → guards
 * → apply → report.
 *
 * @param now - Unix milliseconds
 * @throws IncompleteJobError if a guard stops it, the plan is not the approved one, or an action failed;
 * RequestError, CancelledError
 */
export async function cleanUp(
	criteria: InactivityCriteria,
	options: CleanUpOptions,
	{ bounds, mode }: { bounds: Bounds; mode: RunMode },
	context: OperationContext,
	now: number,
): Promise<OperationResult> {
	const scope = await readPlanScope('user.cleanUp', mode, context);
	const data = await readCleanUpData(criteria, options, context, now);
	const selection = selectApproved(planCleanUp(data, options, now), mode.approval, scope);
	const { actions, noLongerDue, otherPlan } = selection;
	const objection = checkCleanUp(actions, data.allUsers, options, bounds);
	const note = otherPlan ?? wouldStop(objection?.sentence);
	return await runPlan(
		{
			selection,
			objection,
			layout: CLEAN_UP_LAYOUT,
			mode,
			plannedAt: now,
			report(rows, status) {
				const all = [...rows, ...noLongerDue];
				return [...all, summarize(all, data, criteria, now, status, [note])];
			},
			apply,
		},
		context,
	);
}
