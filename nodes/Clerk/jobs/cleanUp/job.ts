import type { OperationContext, OperationResult } from '../../engine/operation';
import type { IncompleteJobError } from '../../engine/run/incompleteJob';
import {
	apply,
	asDryRun,
	countKinds,
	describeCounts,
	finish,
	rowOf,
	SUMMARY,
} from '../shared/actions';
import type { Action, Row } from '../shared/actions';
import { objection } from '../shared/guards';
import type { Bounds } from '../shared/guards';
import type { Criteria } from './inactive';
import { DONE, planCleanUp } from './plan';
import type { CleanUp, Found } from './plan';
import { readFound } from './read';

/** Read → plan → guards → apply → report. */

/** @throws IncompleteJobError where a guard stops it, or not all was carried out */
export async function cleanUp(
	criteria: Criteria,
	wanted: CleanUp,
	{ bounds, isDryRun }: { bounds: Bounds; isDryRun: boolean },
	tools: OperationContext,
	now: number,
): Promise<OperationResult> {
	const found = await readFound(criteria, wanted, tools, now);
	const plan = planCleanUp(found, wanted, now);
	const stopped = guarded(plan, found, wanted, bounds);
	if (!isDryRun) {
		if (stopped) throw stopped;
		tools.ensureAllowed(plan.flatMap(({ requests }) => requests));
	}
	const rows = await apply(plan, tools, isDryRun);
	const summary = summaryOf(rows, found, isDryRun ? 'planned' : 'done', stopped?.message);
	return finish([isDryRun ? asDryRun(summary) : summary, ...rows]);
}

function guarded(
	plan: Action[],
	found: Found,
	{ action, graceDays }: CleanUp,
	bounds: Bounds,
): IncompleteJobError | undefined {
	if (action === 'nothing') return undefined;
	const counted = plan.filter((one) => !one.isSkipped && one.action !== 'unmark').length;
	const what = `users would be ${graceDays > 0 ? 'marked or ' : ''}${DONE[action]}`;
	const planned = plan.map(rowOf);
	const report = [summaryOf(planned, found, 'planned'), ...planned];
	return objection(report, counted, found.allUsers, bounds, what);
}

/** The first row of the report: how many were looked at, how many are chosen, and what becomes of them. */
function summaryOf(rows: Row[], found: Found, status: Row['status'], stopped?: string): Row {
	const { lookedAt, allUsers } = found;
	const chosen = found.candidates.length;
	const reason = [
		`${lookedAt} of ${allUsers} users looked at, ${chosen} chosen`,
		describeCounts(countKinds(rows)),
		...found.notices,
		...(stopped ? [stopped] : []),
	].join('; ');
	return {
		action: SUMMARY,
		target: 'users',
		status,
		reason,
		about: { lookedAt, chosen, allUsers },
	};
}
