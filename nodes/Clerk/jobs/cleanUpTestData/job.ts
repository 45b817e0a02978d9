import type { OperationContext, OperationResult } from '../../engine/operation';
import { otherPlanError, selectApproved } from '../shared/approval';
import { stoppedError } from '../shared/guards';
import type { Objection } from '../shared/guards';
import { readInstance } from '../shared/instance';
import { finish, SUMMARY, toReportRow, toResult } from '../shared/report';
import type { ReportContext, ReportRow } from '../shared/report';
import type { RunMode } from '../shared/runMode';
import { applyTestData, withholdUnapproved } from './apply';
import { checkInstance } from './guards';
import { planTestData } from './plan';
import type { TestDataOptions } from './plan';
import { readTestData } from './read';
import { summarize, TEST_DATA_LAYOUT } from './report';
import type { TestUserCriteria } from './testUsers';

/** How far a run may go. */
export interface TestDataRun {
	alsoInProduction: boolean;
	/** The most users that a development instance can have. */
	userCap: number;
	mode: RunMode;
}

/**
 * Deletes the users and organizations that tests left behind: guard → read → plan → approval → apply →
 * report.
 *
 * @param now - Unix milliseconds
 * @throws IncompleteJobError if it is no development instance, the plan is not the approved one, or an
 * action failed; RequestError, CancelledError
 */
export async function cleanUpTestData(
	criteria: TestUserCriteria,
	options: TestDataOptions,
	{ alsoInProduction, userCap, mode }: TestDataRun,
	context: OperationContext,
	now: number,
): Promise<OperationResult> {
	const { isDryRun, approval } = mode;
	const report: ReportContext = {
		layout: TEST_DATA_LAYOUT,
		isDryRun,
		plannedAt: now,
		approvedBy: approval?.approvedBy,
	};
	const instance = await readInstance(context.send);
	const objection = checkInstance(instance, context.hasLiveKey, alsoInProduction);
	if (objection) throw stoppedError(objection, toResult([stopped(objection)], report));
	const scope =
		isDryRun || approval ? { operation: 'user.cleanUpTestData', instance: instance.id } : undefined;
	const cap = instance.environment === 'development' ? userCap : undefined;
	const data = await readTestData(criteria, options.organizations, cap, context, now);
	const selection = selectApproved(planTestData(data, options), approval, scope);
	const { noLongerDue, planId, otherPlan } = selection;
	const actions = withholdUnapproved(selection.actions);
	const withSummary = (rows: ReportRow[], status: ReportRow['status']) => {
		const all = [...rows, ...noLongerDue];
		return [...all, summarize(all, data, status, otherPlan)];
	};
	const withPlan = { ...report, planId };
	const planned = () => toResult(withSummary(actions.map(toReportRow), 'planned'), withPlan);
	if (isDryRun) return planned();
	if (otherPlan !== undefined) throw otherPlanError(otherPlan, planned());
	context.ensureAllowed(actions.flatMap(({ requests }) => requests));
	return finish(withSummary(await applyTestData(actions, context), 'done'), withPlan);
}

/** Returns the only row of a run that is stopped before it reads. */
const stopped = ({ sentence }: Objection): ReportRow => ({
	action: SUMMARY,
	target: 'users',
	status: 'planned',
	reason: `Would stop: ${sentence}`,
});
