import type { OperationContext, OperationResult } from '../../engine/operation';
import { finish } from '../shared/report';
import { applyPhases } from './apply';
import { planOffboarding } from './plan';
import type { OffboardOptions } from './plan';
import { readLeaver } from './read';
import type { Revocable } from './read';

/**
 * Ends the access of a user: read → plan → apply → report.
 *
 * @param revoked - the kinds of records to revoke
 * @param itemIndex - index of the input item that asks for it
 * @throws IncompleteJobError if an action failed; InvalidInputError, RequestError, CancelledError
 */
export async function offboard(
	userId: string,
	options: OffboardOptions,
	revoked: Revocable[],
	{ itemIndex, isDryRun }: { itemIndex: number; isDryRun: boolean },
	context: OperationContext,
): Promise<OperationResult> {
	const leaver = await readLeaver(userId, options, revoked, context);
	const plan = planOffboarding(leaver, options).map((action) => ({ ...action, item: itemIndex }));
	if (!isDryRun) context.ensureAllowed(plan.flatMap(({ requests }) => requests));
	return finish(await applyPhases(plan, context, isDryRun));
}
