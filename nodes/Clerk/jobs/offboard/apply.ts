import type { OperationContext } from '../../engine/operation';
import { skip } from '../shared/actions';
import { apply } from '../shared/apply';
import type { ReportRow } from '../shared/report';
import { PHASES } from './plan';
import type { OffboardAction } from './plan';

/**
 * Runs the phases of a plan one after the other.
 *
 * @returns a row for each action
 * @throws CancelledError
 */
export async function applyPhases(
	plan: OffboardAction[],
	context: OperationContext,
	isDryRun: boolean,
): Promise<ReportRow[]> {
	const rows: ReportRow[] = [];
	for (const phase of PHASES) {
		const actions = plan
			.filter((action) => action.phase === phase)
			.map((action) => skipIfBlocked(action, rows));
		rows.push(...(await apply(actions, context, isDryRun)));
	}
	return rows;
}

/** Skips an action that depends on a failed one. @param earlier - the rows of the phases before */
export function skipIfBlocked(planned: OffboardAction, earlier: ReportRow[]): OffboardAction {
	const failed = earlier.filter(({ status }) => status === 'failed');
	const isNotHandedOver = failed.some(
		({ action, target }) => action === 'handOver' && target === planned.organizationId,
	);
	if (isNotHandedOver) {
		return skip(planned, 'Nobody runs the organization otherwise: the role was not handed over');
	}
	// A record that could not be revoked can no longer be found once its user is deleted.
	if (planned.action !== 'delete' || failed.length === 0) return planned;
	return skip(planned, 'Not deleted, because steps before it were not carried out');
}
