import type { OperationContext } from '../../engine/operation';
import { realClock } from '../../engine/rateLimit/clock';
import { readApproval } from './approval';
import type { Approval } from './approval';
import { readInstance } from './instance';
import type { PlanScope } from './keys';

/** How far a run of a job goes, as its form says (`fields/runMode.ts`). */
export interface RunMode {
	/** Whether it ends with the plan. */
	isDryRun: boolean;
	approval?: Approval;
}

/** Whether the job makes its plan and carries it out at once, without an approval. @param parameter - as for `readRunMode` */
export const carriesOutAll = (values: Record<string, unknown>, parameter: string): boolean =>
	values[parameter] === 'apply';

/**
 * Reads the run mode. Whatever is not a mode that carries out is a plan.
 *
 * @param parameter - the name of the job's own parameter
 * @returns the mode at a time, in Unix milliseconds; throws InvalidInputError for an approval that is
 * over by then
 * @throws InvalidInputError for an approval that is not valid
 */
export function readRunMode(
	values: Record<string, unknown>,
	parameter: string,
): (now: number) => RunMode {
	if (carriesOutAll(values, parameter)) return () => ({ isDryRun: false });
	if (values[parameter] !== 'applyApproved') return () => ({ isDryRun: true });
	const approvalAt = readApproval(values);
	// Here as well, so that no item is carried out before the approvals of all are checked.
	approvalAt(realClock.date());
	return (now) => ({ isDryRun: false, approval: approvalAt(now) });
}

/** Returns what the keys of a plan hold for; undefined if the run neither shows a plan nor has an approval. @throws RequestError */
export async function readPlanScope(
	operation: string,
	{ isDryRun, approval }: RunMode,
	{ send }: Pick<OperationContext, 'send'>,
): Promise<PlanScope | undefined> {
	if (!isDryRun && !approval) return undefined;
	return { operation, instance: (await readInstance(send)).id };
}
