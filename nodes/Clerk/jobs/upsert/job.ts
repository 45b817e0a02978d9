import type { Field, OperationContext, OperationResult } from '../../engine/operation';
import { simplify } from '../../engine/operation/view';
import { user as view } from '../../views/user';
import { applyUpsert } from './apply';
import { planUpsert } from './plan';
import type { WantedUser } from './plan';
import { chooseUser } from './read';
import { previewUpsert } from './report';

export interface UpsertOptions {
	matchUnverified: boolean;
	isDryRun: boolean;
	/** Fields of the form that may be secret, masked in a dry run. */
	maskedFields: Field[];
}

/**
 * Creates a user, or changes what differs: read → plan → apply → report.
 *
 * @throws InvalidInputError, LookUpError, RequestError, CancelledError
 */
export async function upsert(
	wanted: WantedUser,
	{ matchUnverified, isDryRun, maskedFields }: UpsertOptions,
	{ send, lookUp, ensureAllowed }: OperationContext,
): Promise<OperationResult> {
	const { matchBy, value } = wanted;
	const found = chooseUser(await lookUp(), matchBy, value, matchUnverified);
	const plan = planUpsert(wanted, found);
	if (isDryRun) {
		return { records: [await previewUpsert(plan, value, found, maskedFields, send)] };
	}
	ensureAllowed(plan.requests);
	const record = await applyUpsert(plan, found, send);
	return { records: [{ action: plan.action, ...simplify(record, view), success: true }] };
}
