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
): Promise<ReportRow[]> {
	const rows: ReportRow[] = [];
	for (const phase of PHASES) {
		const actions = plan
			.filter((action) => action.phase === phase)
			.map((action) => skipIfBlocked(action, rows));
		rows.push(...(await apply(actions, context)));
	}
	return rows;
}

/**
 * Skips an action that depends on one that failed or was not approved. Exported for the tests.
 *
 * @param earlier - the rows of the phases before
 */
export function skipIfBlocked(planned: OffboardAction, earlier: ReportRow[]): OffboardAction {
	if (planned.isSkipped) return planned;
	const missing = earlier.filter(
		({ status, isNotApproved }) => status === 'failed' || isNotApproved,
	);
	const isNotHandedOver = missing.some(
		({ action, target }) => action === 'handOver' && target === planned.organizationId,
	);
	if (isNotHandedOver) {
		return skip(planned, 'The organization would have no admin: the role was not handed over');
	}
	// A record that could not be revoked can no longer be found once its user is deleted.
	if (planned.action !== 'delete' || missing.length === 0) return planned;
	return skip(planned, 'Not deleted, because earlier steps were not carried out');
}
