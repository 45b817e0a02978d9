import { skip } from '../shared/actions';
import { losesLastAdmin } from '../shared/admins';
import type { OrganizationState, PlanOptions, SyncAction, WantedMember } from './model';

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

const LAST_ADMIN = 'Is the last admin of the organization';
