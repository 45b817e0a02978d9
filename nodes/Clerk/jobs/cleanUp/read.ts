import type { ClerkRecord, OperationContext } from '../../engine/operation';
import { isObject } from '../../engine/operation/json';
import { readOpenSessions } from '../offboard/sessions';
import { directoryOf, readDirectories } from '../shared/directories';
import type { Directory } from '../shared/directories';
import { leaveOutLocked, readOrganizationsOf } from '../shared/organizations';
import { countUsers, DAY, readInactive, walk } from './inactive';
import type { Criteria, Inactive } from './inactive';
import { MARK } from './plan';
import type { Candidate, CleanUp, Found, Measure, Person } from './plan';

/** What a clean-up has to know: who matches, who is marked, and who runs what. */

export async function readFound(
	criteria: Criteria,
	wanted: CleanUp,
	tools: OperationContext,
	now: number,
): Promise<Found> {
	const { send, forEachConcurrently } = tools;
	const { action, graceDays } = wanted;
	const isReport = action === 'nothing';
	const notices: string[] = [];
	const directories = isReport ? [] : await readDirectories(send, (notice) => notices.push(notice));
	const allUsers = await countUsers({}, send);
	const candidates = new Map<string, Candidate>();
	const released = new Map<string, Person & { reason: string }>();
	const release = (user: ClerkRecord, reason: string) => {
		const person = personOf(user, action);
		if (person.mark !== undefined) released.set(person.id, { ...person, reason });
	};
	let lookedAt = 0;
	// Whoever is banned, or joined an organization, after being marked is to be unmarked as well.
	const isMarking = !isReport && graceDays > 0;
	for await (const { looked, chosen } of readInactive(criteria, tools, now, isMarking)) {
		lookedAt += looked.length;
		for (const user of looked) release(user, 'Left out by what the form asks for');
		for (const one of chosen) {
			const candidate = candidateOf(one, action, directories);
			candidates.set(candidate.id, candidate);
		}
	}
	if (isMarking) {
		for await (const users of walk(backAgain(criteria, graceDays, now), send)) {
			lookedAt += users.length;
			for (const user of users) release(user, 'There again');
		}
	}
	for (const id of candidates.keys()) released.delete(id);
	const ids = [...candidates.keys()];
	const keepsAdmins = action === 'ban' || action === 'delete' || action === 'lock';
	const organizations = keepsAdmins ? await readOrganizationsOf(ids, tools) : [];
	if (action === 'lock') await leaveOutLocked(organizations, candidates, tools);
	if (action === 'revokeSessions') {
		await forEachConcurrently([...candidates.values()], async (one) => {
			const sessions = await readOpenSessions(send, one.id);
			one.sessions = sessions.map(({ id }) => String(id));
		});
	}
	return {
		candidates: [...candidates.values()],
		released: [...released.values()],
		organizations,
		lookedAt,
		allUsers,
		notices,
	};
}

/**
 * Who may have been marked and came back since the last runs. No filter finds a mark, so these are
 * the users who were there within the grace period, and had been there long enough to be marked.
 */
function backAgain({ by, before }: Criteria, graceDays: number, now: number) {
	const from = Math.max(before, now - (graceDays + 2) * DAY);
	return { [`${by}_after`]: from - 1, created_at_before: before };
}

function personOf(user: ClerkRecord, action: Measure): Person {
	const { [MARK]: stored } = isObject(user.private_metadata) ? user.private_metadata : {};
	const marks = isObject(stored) ? stored : {};
	const isMarked = Object.hasOwn(marks, action);
	return {
		id: String(user.id),
		emailAddress: primaryAddressOf(user),
		...(isMarked && { mark: Date.parse(String(marks[action])) }),
		isSharedMark: Object.keys(marks).some((other) => other !== action),
	};
}

function primaryAddressOf({
	email_addresses: all,
	primary_email_address_id: primary,
}: ClerkRecord) {
	const found = ((all ?? []) as ClerkRecord[]).find(({ id }) => id === primary);
	return found ? String(found.email_address) : null;
}

const candidateOf = (
	{ user, since, inactiveDays, reason }: Inactive,
	action: Measure,
	directories: Directory[],
): Candidate => ({
	...personOf(user, action),
	since,
	inactiveDays,
	reason,
	banned: user.banned === true,
	locked: user.locked === true,
	directory: directoryOf(user, directories)?.name,
	sessions: [],
});
