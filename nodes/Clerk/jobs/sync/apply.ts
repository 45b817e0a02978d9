import type { OperationContext } from '../../engine/operation';
import { skip } from '../shared/actions';
import { apply } from '../shared/apply';
import { toReportRow } from '../shared/report';
import type { ReportRow } from '../shared/report';
import { PHASES } from './model';
import type { SyncAction } from './model';

/**
 * Runs the phases of all organizations one after the other. Where an admin could not be appointed, the
 * present ones stay.
 *
 * @returns a row for each action, in their order
 * @throws CancelledError
 */
export async function applyPhases(
	actions: SyncAction[],
	context: OperationContext,
): Promise<ReportRow[]> {
	const rows: ReportRow[] = actions.map(toReportRow);
	/** IDs of organizations. */
	const withoutNewAdmin = new Set<string>();
	for (const phase of PHASES) {
		const indexes = [...actions.keys()].filter((index) => actions[index].phase === phase);
		const due = indexes.map((index) => {
			const action = actions[index];
			const isBlocked = action.removesAdmin && withoutNewAdmin.has(action.organizationId);
			return isBlocked ? skip(action, NOT_APPOINTED) : action;
		});
		(await apply(due, context, false)).forEach((row, at) => {
			rows[indexes[at]] = row;
			if (phase === 'appoint' && row.status === 'failed') {
				withoutNewAdmin.add(due[at].organizationId);
			}
		});
	}
	return rows;
}

const NOT_APPOINTED = 'Not every new admin could be appointed, so the present ones stay';
