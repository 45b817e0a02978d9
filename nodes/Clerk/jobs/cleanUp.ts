import type { Performed, Tools } from '../engine/operation';
import type { Unfinished } from '../engine/report';
import { DONE, planCleanUp } from './cleanUpPlan';
import type { CleanUp, Found } from './cleanUpPlan';
import { readFound } from './cleanUpReading';
import { objection } from './guards';
import type { Bounds } from './guards';
import type { Criteria } from './inactive';
import { apply, countKinds, described, finish, SUMMARY } from './plan';
import type { Action, Row } from './plan';

/** Read → plan → guards → apply → report. */

/** @throws Unfinished where a guard stops it, or not all was carried out */
export async function cleanUp(
	criteria: Criteria,
	wanted: CleanUp,
	{ bounds, isDryRun }: { bounds: Bounds; isDryRun: boolean },
	tools: Tools,
	now: number,
): Promise<Performed> {
	const found = await readFound(criteria, wanted, tools, now);
	const plan = planCleanUp(found, wanted, now);
	const planned = await apply(plan, tools, true);
	const stopped = guarded(planned, plan, found, wanted, bounds);
	if (isDryRun) return finish([summaryOf(planned, found, true, stopped?.message), ...planned]);
	if (stopped) throw stopped;
	tools.ensureAllowed(plan.flatMap(({ requests }) => requests));
	const rows = await apply(plan, tools, false);
	return finish([summaryOf(rows, found, false), ...rows]);
}

function guarded(
	planned: Row[],
	plan: Action[],
	found: Found,
	{ action, graceDays }: CleanUp,
	bounds: Bounds,
): Unfinished | undefined {
	if (action === 'nothing') return undefined;
	const counted = plan.filter((one) => !one.isSkipped && one.action !== 'unmark').length;
	const what = `users would be ${graceDays > 0 ? 'marked or ' : ''}${DONE[action]}`;
	const report = [summaryOf(planned, found, true), ...planned];
	return objection(report, counted, found.allUsers, bounds, what);
}

/** The first row of the report: how many were looked at, how many are chosen, and what becomes of them. */
export function summaryOf(rows: Row[], found: Found, isDryRun: boolean, stopped?: string): Row {
	const { lookedAt, allUsers } = found;
	const chosen = found.candidates.length;
	const reason = [
		`${lookedAt} of ${allUsers} users looked at, ${chosen} chosen`,
		described(countKinds(rows)),
		...found.notices,
		...(stopped ? [stopped] : []),
	].join('; ');
	return {
		action: SUMMARY,
		target: 'users',
		status: isDryRun ? 'planned' : 'done',
		reason,
		about: { lookedAt, chosen, allUsers, ...(isDryRun && { dryRun: true }) },
	};
}
