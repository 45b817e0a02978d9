import type { OperationContext, OperationResult } from '../../engine/operation';
import { apply } from '../shared/apply';
import { otherPlanError, selectApproved } from '../shared/selection';
import { stoppedError, wouldStop } from '../shared/guards';
import type { Bounds } from '../shared/guards';
import type { InactivityCriteria } from '../shared/inactivity';
import { finish, toReportRow, toResult } from '../shared/report';
import type { ReportContext, ReportRow } from '../shared/report';
import { readPlanScope } from '../shared/runMode';
import type { RunMode } from '../shared/runMode';
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
	const { isDryRun, approval } = mode;
	const scope = await readPlanScope('user.cleanUp', mode, context);
	const data = await readCleanUpData(criteria, options, context, now);
	const plan = planCleanUp(data, options, now);
	const { actions, noLongerDue, planId, otherPlan } = selectApproved(plan, approval, scope);
	const objection = checkCleanUp(actions, data.allUsers, options, bounds);
	const report: ReportContext = {
		layout: CLEAN_UP_LAYOUT,
		isDryRun,
		planId,
		plannedAt: now,
		approvedBy: approval?.approvedBy,
	};
	const withSummary = (rows: ReportRow[], status: ReportRow['status'], note?: string) => {
		const all = [...rows, ...noLongerDue];
		return [...all, summarize(all, data, criteria, now, status, [note])];
	};
	const planned = () =>
		withSummary(actions.map(toReportRow), 'planned', otherPlan ?? wouldStop(objection));
	if (isDryRun) return toResult(planned(), report);
	if (otherPlan !== undefined) throw otherPlanError(otherPlan, toResult(planned(), report));
	if (objection) throw stoppedError(objection, toResult(planned(), report));
	context.ensureAllowed(actions.flatMap(({ requests }) => requests));
	return finish(withSummary(await apply(actions, context), 'done'), report);
}
