import { checkBounds } from '../shared/guards';
import type { Objection } from '../shared/guards';
import type { OrganizationPlan, SyncOptions } from './model';

/**
 * Returns why a sync is stopped that would remove too many members, or take anything from an organization
 * in which none is wanted; undefined if it is within the bounds. The bounds hold for removals, and for
 * removals and revoked invitations together.
 */
export function checkSync(
	{ state, wanted, actions }: OrganizationPlan,
	{ allowEmptying, bounds }: Pick<SyncOptions, 'allowEmptying' | 'bounds'>,
): Objection | undefined {
	const due = actions.filter(({ phase, isSkipped }) => phase === 'withdraw' && !isSkipped);
	const removed = due.filter(({ action }) => action === 'remove').length;
	const revoked = due.filter(({ action }) => action === 'revoke').length;
	const memberCount = state.members.length;
	const name = state.slug || state.id;
	if (wanted.length === 0 && due.length > 0 && !allowEmptying) {
		return {
			sentence: `${name} has no members in the input: ${removed} of its ${memberCount} members would be removed and ${revoked} invitations revoked`,
			advice: "If that is what you want, turn on 'Allow Emptying'.",
		};
	}
	const countLabel = 'Max Removals';
	const tooManyRemoved = checkBounds(
		{
			count: removed,
			total: memberCount,
			noun: `members of ${name}`,
			participle: 'removed',
			countLabel,
			percentLabel: 'Max % of Members',
		},
		bounds,
	);
	if (tooManyRemoved || revoked === 0) return tooManyRemoved;
	return checkBounds(
		{
			count: removed + revoked,
			total: memberCount + state.invitations.length,
			noun: `members of and invitations to ${name}`,
			participle: 'removed or revoked',
			countLabel,
			percentLabel: 'Max % of Members',
		},
		bounds,
	);
}
