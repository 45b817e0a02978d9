import type { OperationContext, OperationResult } from '../../engine/operation';
import { apply } from '../shared/apply';
import type { Bounds } from '../shared/guards';
import type { InactivityCriteria } from '../shared/inactivity';
import { finish, markDryRun } from '../shared/report';
import { checkCleanUp } from './guards';
import { planCleanUp } from './plan';
import type { CleanUpOptions } from './plan';
import { readCleanUpData } from './read';
import { summarize } from './report';

/**
 * Bans, deletes, locks or signs out inactive users, or only lists them: read → plan → guards → apply → report.
 *
 * @param now - Unix milliseconds
 * @throws IncompleteJobError if a guard stops it or an action failed; RequestError, CancelledError
 */
export async function cleanUp(
	criteria: InactivityCriteria,
	options: CleanUpOptions,
	{ bounds, isDryRun }: { bounds: Bounds; isDryRun: boolean },
	context: OperationContext,
	now: number,
): Promise<OperationResult> {
	const data = await readCleanUpData(criteria, options, context, now);
	const plan = planCleanUp(data, options, now);
	const stopped = checkCleanUp(plan, data, options, bounds);
	if (!isDryRun) {
		if (stopped) throw stopped;
		context.ensureAllowed(plan.flatMap(({ requests }) => requests));
	}
	const rows = await apply(plan, context, isDryRun);
	const summary = summarize(rows, data, isDryRun ? 'planned' : 'done', stopped?.message);
	return finish([isDryRun ? markDryRun(summary) : summary, ...rows]);
}
