import type { OperationContext, OperationResult } from '../../engine/operation';
import { otherPlanError, selectApproved } from '../shared/selection';
import { finish, toReportRow, toResult } from '../shared/report';
import type { ReportContext, ReportRow } from '../shared/report';
import { readPlanScope } from '../shared/runMode';
import type { RunMode } from '../shared/runMode';
import { applyPhases } from './apply';
import { planOffboarding } from './plan';
import type { OffboardOptions } from './plan';
import { readLeaver } from './read';
import type { Revocable } from './read';
import { OFFBOARD_LAYOUT, summarize } from './report';

/**
 * Ends the access of a user: read → plan → approval → apply → report.
 *
 * @param revoked - the kinds of records to revoke
 * @param itemIndex - index of the input item that asks for it
 * @throws IncompleteJobError if the plan is not the approved one, or an action failed; InvalidInputError,
 * RequestError, CancelledError
 */
export async function offboard(
	userId: string,
	options: OffboardOptions,
	revoked: Revocable[],
	{ itemIndex, mode }: { itemIndex: number; mode: RunMode },
	context: OperationContext,
): Promise<OperationResult> {
	const { isDryRun, approval } = mode;
	const leaver = await readLeaver(userId, options, revoked, context);
	const scope = await readPlanScope('user.offboard', mode, context);
	const plan = planOffboarding(leaver, options).map((action) => ({ ...action, item: itemIndex }));
	// The rows of several items may be approved together.
	const isOwn = (row: { userId?: unknown }) => row.userId === userId;
	const selection = selectApproved(plan, approval, scope, isOwn);
	const { actions, planId, otherPlan } = selection;
	const noLongerDue = selection.noLongerDue.map((row) => ({ ...row, item: itemIndex }));
	const report: ReportContext = {
		layout: OFFBOARD_LAYOUT,
		isDryRun,
		planId,
		plannedAt: context.now(),
		approvedBy: approval?.approvedBy,
	};
	const withSummary = (rows: ReportRow[], status: ReportRow['status']) => {
		const all = [...rows, ...noLongerDue];
		return [...all, summarize(all, leaver, status, itemIndex, otherPlan)];
	};
	if (isDryRun) return toResult(withSummary(actions.map(toReportRow), 'planned'), report);
	if (otherPlan !== undefined) {
		const rows = withSummary(actions.map(toReportRow), 'planned');
		throw otherPlanError(otherPlan, toResult(rows, report));
	}
	context.ensureAllowed(actions.flatMap(({ requests }) => requests));
	return finish(withSummary(await applyPhases(actions, context), 'done'), report);
}
