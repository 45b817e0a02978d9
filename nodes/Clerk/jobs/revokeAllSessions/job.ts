import type { OperationContext, OperationResult } from '../../engine/operation';
import { skippedAction } from '../shared/actions';
import { apply } from '../shared/apply';
import { finish } from '../shared/report';
import { planSessionRevocations, readOpenSessions } from '../shared/sessions';

/**
 * Revokes the open sessions of a user.
 *
 * @param itemIndex - index of the input item that asks for it
 * @throws IncompleteJobError if a session was not revoked; RequestError, CancelledError
 */
export async function revokeAllSessions(
	userId: string,
	{ itemIndex, isDryRun }: { itemIndex: number; isDryRun: boolean },
	context: OperationContext,
): Promise<OperationResult> {
	const revocations = planSessionRevocations(await readOpenSessions(context.send, userId));
	const none = skippedAction('revokeSession', userId, 'The user has no open session');
	const plan = (revocations.length > 0 ? revocations : [none]).map((one) => ({
		...one,
		item: itemIndex,
	}));
	if (!isDryRun) context.ensureAllowed(plan.flatMap(({ requests }) => requests));
	return finish(await apply(plan, context, isDryRun));
}
