import type { ClerkRecord, OperationContext } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';
import { directoryOfUser, isDeprovisioned, readDirectories } from '../shared/directories';
import type { Directory } from '../shared/directories';
import { SparedCounts } from '../shared/exceptions';
import { countUsers, readEachUser, readInactiveUsers } from '../shared/inactiveUsers';
import { DAY_MS } from '../shared/inactivity';
import type { InactiveUser, InactivityCriteria } from '../shared/inactivity';
import { readOrganizationsOf, removeLockedAdmins } from '../shared/organizations';
import { personOf } from '../shared/people';
import { readOpenSessions } from '../shared/sessions';
import { MARK_KEY } from './plan';
import type {
	Candidate,
	CleanUpAccountAction,
	CleanUpData,
	CleanUpOptions,
	MarkedUser,
} from './plan';

/**
 * Reads the inactive users, the marked ones, and the admins of their organizations.
 *
 * @param now - Unix milliseconds
 * @throws RequestError, CancelledError
 */
export async function readCleanUpData(
	criteria: InactivityCriteria,
	{ accountAction, graceDays }: CleanUpOptions,
	context: OperationContext,
	now: number,
): Promise<CleanUpData> {
	const { send, forEachConcurrently } = context;
	const isReportOnly = accountAction === 'nothing';
	const notices: string[] = [];
	const directories = isReportOnly
		? []
		: await readDirectories(send, (notice) => notices.push(notice));
	const allUsers = await countUsers({}, send);
	const candidates = new Map<string, Candidate>();
	const toUnmark = new Map<string, MarkedUser & { reason: string }>();
	const unmarkIfMarked = (record: ClerkRecord, reason: string) => {
		const user = toMarkedUser(record, accountAction);
		if (user.mark !== undefined) toUnmark.set(user.id, { ...user, reason });
	};
	const counts = new SparedCounts(criteria.exceptions);
	// The lists overlap, and a page may be read again.
	const lookedAt = new Set<string>();
	// To unmark users who were banned or joined an organization after they were marked.
	const isMarking = !isReportOnly && graceDays > 0;
	// A run may have stopped between the ban and the unmarking.
	const isBanning = accountAction === 'ban';
	const reading = {
		keep: (user: InactiveUser) => toCandidate(user, accountAction, directories),
		onUser(user: ClerkRecord) {
			lookedAt.add(String(user.id));
			if (isBanning && user.banned === true) unmarkIfMarked(user, 'Is already banned');
			else if (isMarking) unmarkIfMarked(user, 'Excluded by the form');
		},
		leftOut: isMarking ? 'all' : isBanning ? 'banned' : undefined,
		isWhole: true,
	} as const;
	for await (const page of readInactiveUsers(criteria, context, now, reading)) {
		for (const exceptions of page.spared) counts.add(exceptions);
		for (const candidate of page.inactive) candidates.set(candidate.id, candidate);
	}
	if (isMarking) {
		await readEachUser(returnedSince(criteria, graceDays, now), send, (user) => {
			lookedAt.add(String(user.id));
			unmarkIfMarked(user, 'Has been active since');
		});
	}
	for (const id of candidates.keys()) toUnmark.delete(id);
	const ids = [...candidates.keys()];
	const keepsAdmins =
		accountAction === 'ban' || accountAction === 'delete' || accountAction === 'lock';
	const organizations = keepsAdmins ? await readOrganizationsOf(ids, context) : [];
	if (accountAction === 'lock') await removeLockedAdmins(organizations, candidates, context);
	if (accountAction === 'revokeSessions') {
		await forEachConcurrently([...candidates.values()], async (candidate) => {
			const sessions = await readOpenSessions(send, candidate.id);
			candidate.sessions = sessions.map(({ id }) => String(id));
		});
	}
	return {
		candidates: [...candidates.values()],
		// They came in any order.
		toUnmark: [...toUnmark.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
		organizations,
		lookedAt: lookedAt.size,
		allUsers,
		spared: counts.rows(),
		notices,
	};
}

/**
 * Returns the filter for users who may have been marked and returned since. No filter finds a mark, so
 * these are the users with an activity within the grace period (and two days before it) who are old
 * enough to have been marked. Those with an earlier activity are among the inactive users, unless only
 * users without any activity are.
 */
function returnedSince(
	{ activityField, before, neverActive }: InactivityCriteria,
	graceDays: number,
	now: number,
) {
	const sinceMark = now - (graceDays + 2) * DAY_MS;
	const from = neverActive === 'only' ? sinceMark : Math.max(before, sinceMark);
	return { [`${activityField}_after`]: from - 1, created_at_before: before };
}

function toMarkedUser(user: ClerkRecord, accountAction: CleanUpAccountAction): MarkedUser {
	const { [MARK_KEY]: stored } = isObject(user.private_metadata) ? user.private_metadata : {};
	const marks = isObject(stored) ? stored : {};
	const isMarked = Object.hasOwn(marks, accountAction);
	return {
		id: String(user.id),
		...personOf(user),
		...(isMarked && { mark: Date.parse(String(marks[accountAction])) }),
		hasOtherMarks: Object.keys(marks).some((other) => other !== accountAction),
	};
}

const toCandidate = (
	{ user, since, inactiveDays, reason }: InactiveUser,
	accountAction: CleanUpAccountAction,
	directories: Directory[],
): Candidate => ({
	...toMarkedUser(user, accountAction),
	since,
	inactiveDays,
	reason,
	banned: user.banned === true,
	locked: user.locked === true,
	directory:
		directoryOfUser(user, directories)?.name ??
		(isDeprovisioned(user) ? 'that deprovisioned them' : undefined),
	sessions: [],
});
