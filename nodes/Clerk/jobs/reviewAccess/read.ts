import { isDeprovisioned } from '../shared/directories';
import type { ReadContext } from '../shared/readAll';
import { confirmAdmins, readLists } from './readOrganizations';
import { readApiKeys, readUsers } from './readPeople';
import { readJudge } from './readRoles';
import { elevatedIn } from './review';
import type { Membership, ReviewCriteria, ReviewData } from './review';

/** Reads the data of a review. @throws InvalidInputError for roles and organizations that do not exist; RequestError, CancelledError */
export async function readReviewData(
	criteria: ReviewCriteria,
	context: ReadContext,
): Promise<ReviewData> {
	const notices: string[] = [];
	const judge = await readJudge(criteria, context.send, notices);
	const lists = await readLists(criteria, judge, context, notices);
	const organizations = await confirmAdmins(lists.organizations, judge, context);
	const elevated = elevatedIn(organizations).flatMap(({ userId }) => userId ?? []);
	const userIds = [...new Set(elevated)];
	const users = await readUsers(userIds, context);
	for (const { memberships } of organizations) for (const one of memberships) block(one, users);
	const apiKeys = await readApiKeys(userIds, context, notices);
	return { organizations, invitations: lists.invitations, users, apiKeys, notices };
}

/** Takes over from the user's record that the user cannot sign in. */
function block(membership: Membership, users: ReviewData['users']): void {
	const user = users.get(membership.userId ?? '');
	if (!user) return;
	membership.banned ||= user.banned === true;
	membership.deprovisioned ||= isDeprovisioned(user);
}
