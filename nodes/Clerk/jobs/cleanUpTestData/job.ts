import type { OperationContext, OperationResult } from '../../engine/operation';
import { stoppedError } from '../shared/guards';
import type { Objection } from '../shared/guards';
import { readInstance } from '../shared/instance';
import { SUMMARY, toResult } from '../shared/report';
import type { ReportRow } from '../shared/report';
import type { RunMode } from '../shared/runMode';
import { runPlan } from '../shared/runPlan';
import { selectApproved } from '../shared/selection';
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
 * @throws IncompleteJobError if it is not a development instance, the plan is not the approved one, or an
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
	const instance = await readInstance(context.send);
	const objection = checkInstance(instance, context.hasLiveKey, alsoInProduction);
	if (objection) {
		const approvedBy = approval?.approvedBy;
		const report = { layout: TEST_DATA_LAYOUT, isDryRun, plannedAt: now, approvedBy };
		throw stoppedError(objection, toResult([stopped(objection)], report));
	}
	const scope =
		isDryRun || approval ? { operation: 'user.cleanUpTestData', instance: instance.id } : undefined;
	const cap = instance.environment === 'development' ? userCap : undefined;
	const data = await readTestData(criteria, options.organizations, cap, context, now);
	const selection = selectApproved(planTestData(data, options), approval, scope);
	return await runPlan(
		{
			selection: { ...selection, actions: withholdUnapproved(selection.actions, data) },
			layout: TEST_DATA_LAYOUT,
			mode,
			plannedAt: now,
			report(rows, status) {
				const all = [...rows, ...selection.noLongerDue];
				return [...all, summarize(all, data, status, selection.otherPlan)];
			},
			apply: applyTestData,
		},
		context,
	);
}

/** Returns the only row of a run that is stopped before it reads. */
const stopped = ({ sentence }: Objection): ReportRow => ({
	action: SUMMARY,
	target: 'users',
	status: 'planned',
	reason: `Would stop: ${sentence}`,
});
