import type { OperationContext, OperationResult } from '../../engine/operation';
import type { Action } from './actions';
import type { Approval } from './approval';
import { stoppedError } from './guards';
import type { Objection } from './guards';
import { finish, toReportRow, toResult } from './report';
import type { Layout, ReportContext, ReportRow } from './report';
import { otherPlanError } from './selection';
import type { Selection } from './selection';

/** A plan of which the approval is known. */
export interface RunnablePlan<T extends Action> {
	/** Without a plan ID where the plan cannot be approved. */
	selection: Selection<T>;
	/** Why a guard stops the run. */
	objection?: Objection;
	layout: Layout;
	mode: { isDryRun: boolean; approval?: Approval };
	/** Unix milliseconds; undefined where the plan cannot be approved. */
	plannedAt?: number;
	/** Completes the rows of the actions with the others of the report, the summary last. */
	report(rows: ReportRow[], status: 'planned' | 'done'): ReportRow[];
	/** @throws CancelledError */
	apply(actions: T[], context: OperationContext): Promise<ReportRow[]>;
}

/**
 * Ends a job, from its plan on: guards → apply → report. A dry run ends with the report of the plan.
 *
 * @throws IncompleteJobError if the plan is not the approved one, a guard stops the run, or an action
 * failed; RequestError, CancelledError
 */
export async function runPlan<T extends Action>(
	plan: RunnablePlan<T>,
	context: OperationContext,
): Promise<OperationResult> {
	const { selection, objection, mode } = plan;
	const { actions, otherPlan } = selection;
	if (mode.isDryRun) return reportPlan(plan);
	if (otherPlan !== undefined) throw otherPlanError(otherPlan, reportPlan(plan));
	if (objection) throw stoppedError(objection, reportPlan(plan));
	context.ensureAllowed(actions.flatMap(({ requests }) => requests));
	const rows = await plan.apply(actions, context);
	return finish(plan.report(rows, 'done'), reportContextOf(plan));
}

/** Returns the report of a plan, of which nothing was carried out. */
export const reportPlan = <T extends Action>(plan: RunnablePlan<T>): OperationResult =>
	toResult(plan.report(plan.selection.actions.map(toReportRow), 'planned'), reportContextOf(plan));

const reportContextOf = <T extends Action>(plan: RunnablePlan<T>): ReportContext => ({
	layout: plan.layout,
	isDryRun: plan.mode.isDryRun,
	planId: plan.selection.planId,
	plannedAt: plan.plannedAt,
	approvedBy: plan.mode.approval?.approvedBy,
});
