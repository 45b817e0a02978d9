import type { OperationContext } from '../../engine/operation';
import { skip } from '../shared/actions';
import { apply } from '../shared/apply';
import type { ReportRow } from '../shared/report';
import { STAGES } from './plan';
import type { Step } from './plan';

/**
 * Runs the stages of a plan one after the other.
 *
 * @returns a row for each step
 * @throws CancelledError
 */
export async function applyStages(
	plan: Step[],
	context: OperationContext,
	isDryRun: boolean,
): Promise<ReportRow[]> {
	const rows: ReportRow[] = [];
	for (const stage of STAGES) {
		const steps = plan
			.filter((step) => step.stage === stage)
			.map((step) => skipIfBlocked(step, rows));
		rows.push(...(await apply(steps, context, isDryRun)));
	}
	return rows;
}

/** Skips a step that depends on a failed one. @param earlier - the rows of the stages before */
export function skipIfBlocked(step: Step, earlier: ReportRow[]): Step {
	const failed = earlier.filter(({ status }) => status === 'failed');
	const isNotHandedOver = failed.some(
		({ action, target }) => action === 'handOver' && target === step.organizationId,
	);
	if (isNotHandedOver) {
		return skip(step, 'Nobody runs the organization otherwise: the role was not handed over');
	}
	// A record that could not be revoked can no longer be found once its user is deleted.
	if (step.action !== 'delete' || failed.length === 0) return step;
	return skip(step, 'Not deleted, because steps before it were not carried out');
}
