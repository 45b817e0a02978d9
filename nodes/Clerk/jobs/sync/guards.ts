import { IncompleteJobError } from '../../engine/run/incompleteJob';
import { toItems } from '../shared/actions';
import type { Row } from '../shared/actions';
import { losesLastAdmin } from '../shared/admins';
import { objection } from '../shared/guards';
import type { Bounds } from '../shared/guards';
import type { OrganizationState, Plan, Settings, SyncAction, WantedMember } from './state';

/** What keeps a sync from doing more than was meant. */

export const skipped = (action: SyncAction, reason: string): SyncAction => ({
	...action,
	requests: [],
	verifyWith: undefined,
	isSkipped: true,
	reason,
});

/** Whoever would be left could not even be helped from inside: one admin stays, the least change to what is wanted. */
export function keepAdmin(
	{ members }: OrganizationState,
	wanted: WantedMember[],
	{ adminRoles, allowEmptying }: Settings,
	actions: SyncAction[],
): SyncAction[] {
	const carriedOut = actions.filter(({ isSkipped }) => !isSkipped);
	const left = members.length - carriedOut.filter(({ action }) => action === 'remove').length;
	if (wanted.length === 0 && allowEmptying && left === 0) return actions;
	const byId = new Map(members.map((member) => [member.userId, member]));
	const admins = members.filter(({ role, isActive }) => isActive && adminRoles.has(role));
	const ids = new Set(admins.map(({ userId }) => userId));
	const leaving = carriedOut.filter(({ takesAdmin, target }) => takesAdmin && ids.has(target));
	const coming = carriedOut.filter(({ phase }) => phase === 'appoint');
	const targets = (those: SyncAction[]) => those.map(({ target }) => target);
	if (!losesLastAdmin(ids, targets(leaving), targets(coming))) return actions;
	const since = ({ target }: SyncAction) => byId.get(target)!.since;
	const isRemoval = ({ action }: SyncAction) => Number(action === 'remove');
	const [kept] = [...leaving].sort(
		(a, b) => isRemoval(a) - isRemoval(b) || since(a) - since(b) || (a.target < b.target ? -1 : 1),
	);
	return actions.map((action) => (action === kept ? skipped(action, LAST_ADMIN) : action));
}

const LAST_ADMIN = 'Is the last admin of the organization, which would have none without';

/** What would take an admin away where another could not be appointed first. */
export const heldBack = (action: SyncAction): SyncAction =>
	skipped(action, 'Not every new admin could be appointed, so the present ones stay');

/**
 * Why a plan is not carried out, if it is not.
 *
 * @param bounds - of removals, and of the invitations that are revoked with them
 * @param planned - the report of all plans
 */
export function objectionTo(
	{ state, wanted, actions }: Plan,
	{ allowEmptying, bounds }: Pick<Settings, 'allowEmptying'> & { bounds: Bounds },
	planned: Row[],
): IncompleteJobError | undefined {
	const taken = actions.filter(({ phase, isSkipped }) => phase === 'take' && !isSkipped);
	const removed = taken.filter(({ action }) => action === 'remove').length;
	const revoked = taken.filter(({ action }) => action === 'revoke').length;
	const all = state.members.length;
	const name = state.slug || state.id;
	if (wanted.length === 0 && taken.length > 0 && !allowEmptying) {
		return new IncompleteJobError(
			`Nobody is wanted in ${name}: ${removed} of its ${all} members would be removed and ${revoked} invitations revoked, so nothing was done`,
			toItems(planned).records,
			['If that is what you want, turn on Allow Emptying.'],
		);
	}
	const members = objection(planned, removed, all, bounds, `members of ${name} would be removed`);
	if (members || revoked === 0) return members;
	return objection(
		planned,
		removed + revoked,
		all + state.invitations.length,
		bounds,
		`members of and invitations to ${name} would be removed or revoked`,
	);
}
