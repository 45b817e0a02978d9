import { IncompleteJobError } from '../../engine/run/incompleteJob';
import { skip } from '../shared/actions';
import { losesLastAdmin } from '../shared/admins';
import { checkBounds } from '../shared/guards';
import { toResult } from '../shared/report';
import type { ReportRow } from '../shared/report';
import type {
	OrganizationPlan,
	OrganizationState,
	PlanOptions,
	SyncAction,
	SyncOptions,
	WantedMember,
} from './model';

/**
 * Skips the removal of one admin if the plan would leave members without any. A demotion is skipped
 * before a removal, then the admin of longest standing, since that changes the plan least.
 */
export function keepAdmin(
	{ members }: OrganizationState,
	wanted: WantedMember[],
	{ adminRoles, allowEmptying }: PlanOptions,
	actions: SyncAction[],
): SyncAction[] {
	const due = actions.filter(({ isSkipped }) => !isSkipped);
	const remaining = members.length - due.filter(({ action }) => action === 'remove').length;
	if (wanted.length === 0 && allowEmptying && remaining === 0) return actions;
	const byId = new Map(members.map((member) => [member.userId, member]));
	const admins = members.filter(({ role, isActive }) => isActive && adminRoles.has(role));
	const adminIds = new Set(admins.map(({ userId }) => userId));
	const leaving = due.filter(({ removesAdmin, target }) => removesAdmin && adminIds.has(target));
	const coming = due.filter(({ phase }) => phase === 'appoint');
	const targetsOf = (some: SyncAction[]) => some.map(({ target }) => target);
	if (!losesLastAdmin(adminIds, targetsOf(leaving), targetsOf(coming))) return actions;
	const since = ({ target }: SyncAction) => byId.get(target)!.since;
	const isRemoval = ({ action }: SyncAction) => Number(action === 'remove');
	const [kept] = [...leaving].sort(
		(a, b) => isRemoval(a) - isRemoval(b) || since(a) - since(b) || (a.target < b.target ? -1 : 1),
	);
	return actions.map((action) => (action === kept ? skip(action, LAST_ADMIN) : action));
}

const LAST_ADMIN = 'Is the last admin of the organization, which would have none without';

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
