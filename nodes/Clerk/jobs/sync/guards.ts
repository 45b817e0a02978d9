import { IncompleteJobError } from '../../engine/run/incompleteJob';
import { checkBounds } from '../shared/guards';
import { toResult } from '../shared/report';
import type { ReportRow } from '../shared/report';
import type { OrganizationPlan, SyncOptions } from './model';

/**
 * Returns the error that stops a sync which would remove too many members, or all because none is
 * wanted; undefined if it is within the bounds.
 *
 * @param bounds - of removals, and of removals and revoked invitations together
 * @param planned - the report of all plans
 */
export function checkSync(
	{ state, wanted, actions }: OrganizationPlan,
	{ allowEmptying, bounds }: Pick<SyncOptions, 'allowEmptying' | 'bounds'>,
	planned: ReportRow[],
): IncompleteJobError | undefined {
	const due = actions.filter(({ phase, isSkipped }) => phase === 'withdraw' && !isSkipped);
	const removed = due.filter(({ action }) => action === 'remove').length;
	const revoked = due.filter(({ action }) => action === 'revoke').length;
	const memberCount = state.members.length;
	const name = state.slug || state.id;
	if (wanted.length === 0 && due.length > 0 && !allowEmptying) {
		return new IncompleteJobError(
			`Nobody is wanted in ${name}: ${removed} of its ${memberCount} members would be removed and ${revoked} invitations revoked, so nothing was done`,
			toResult(planned).records,
			['If that is what you want, turn on Allow Emptying.'],
		);
	}
	const tooManyRemoved = checkBounds(
		planned,
		removed,
		memberCount,
		bounds,
		`members of ${name} would be removed`,
	);
	if (tooManyRemoved || revoked === 0) return tooManyRemoved;
	return checkBounds(
		planned,
		removed + revoked,
		memberCount + state.invitations.length,
		bounds,
		`members of and invitations to ${name} would be removed or revoked`,
	);
}
