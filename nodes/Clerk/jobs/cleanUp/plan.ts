import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { PAST_PARTICIPLE, skip } from '../shared/actions';
import type { Action } from '../shared/actions';
import { losesLastAdmin } from '../shared/admins';
import type { SparedRow } from '../shared/exceptions';
import { DAY_MS, toDateText } from '../shared/inactivity';
import type { Organization } from '../shared/organizations';
import type { Person } from '../shared/people';

/** Plans what is done to inactive users: at once, or after they were marked for some days. Pure. */

/**
 * The key of the marks in a user's private metadata: `{ "n8nCleanUp": { "delete": "<ISO time>" } }`.
 * Clean-ups with different account actions have a mark each.
 */
export const MARK_KEY = 'n8nCleanUp';

export type CleanUpAccountAction = 'ban' | 'delete' | 'lock' | 'nothing' | 'revokeSessions';

export interface CleanUpOptions {
	accountAction: CleanUpAccountAction;
	/** Days between the mark and the action; 0 acts at once. */
	graceDays: number;
}

export interface MarkedUser extends Person {
	id: string;
	/** Unix milliseconds of the mark for this account action; NaN if the mark is not a time, undefined without one. */
	mark?: number;
	/** Whether there are marks for other account actions. */
	hasOtherMarks: boolean;
}

export interface Candidate extends MarkedUser {
	/** Unix milliseconds of the last activity, or of the creation if there was none. */
	since: number;
	inactiveDays: number;
	reason: string;
	banned: boolean;
	locked: boolean;
	/** Name of the directory that manages the user. */
	directory?: string;
	/** IDs of the open sessions, read only to revoke them. */
	sessions: string[];
}

/** Result of the reading. */
export interface CleanUpData {
	candidates: Candidate[];
	/** Marked users who are no longer candidates, each with the reason. */
	toUnmark: Array<MarkedUser & { reason: string }>;
	/** All organizations of the candidates. */
	organizations: Organization[];
	/** Number of users that were read. */
	lookedAt: number;
	/** Number of users of the instance. */
	allUsers: number;
	/** How many users each exception spared. */
	spared: SparedRow[];
	/** Notices for the report. */
	notices: string[];
}

/**
 * Plans the longest inactive user first, so that the admin an organization keeps is the one with the
 * latest activity.
 *
 * @param now - Unix milliseconds
 */
export function planCleanUp(data: CleanUpData, options: CleanUpOptions, now: number): Action[] {
	const sorted = [...data.candidates].sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
	const admins = new RemainingAdmins(data.organizations);
	// Otherwise a second run would count users locked by the first run as admins, and lock the last one.
	for (const user of sorted) if (isAlreadyDone(user, options.accountAction)) admins.remove(user.id);
	return [
		...sorted.flatMap((user) => planUser(user, options, admins, now) ?? []),
		...data.toUnmark.map((user) => unmarkAction(user, options.accountAction)),
	];
}

/** Returns undefined if the user is already as wanted, and has no mark. */
function planUser(
	user: Candidate,
	{ accountAction, graceDays }: CleanUpOptions,
	admins: RemainingAdmins,
	now: number,
): Action | undefined {
	const { id, name, emailAddress, inactiveDays } = user;
	const columns: IDataObject = { name, emailAddress, inactiveDays, userId: id };
	const row: Action = {
		action: accountAction,
		target: id,
		reason: user.reason,
		requests: [],
		columns,
	};
	if (accountAction === 'nothing') return row;
	const requests = requestsFor(user, accountAction);
	if (requests.length === 0) {
		if (user.mark === undefined || user.directory !== undefined) return undefined;
		// A run may have stopped between the deed and this: the mark would be acted on without a warning.
		return unmarkAction({ ...user, reason: alreadyDone(accountAction) }, accountAction);
	}
	const reasonToKeep = user.directory
		? `Managed by the directory ${user.directory}`
		: accountAction !== 'revokeSessions' && admins.reasonToKeep(id);
	if (reasonToKeep) return skip(row, reasonToKeep);
	admins.remove(id);
	const due: Action = { ...row, requests, isIdempotent: true };
	if (graceDays === 0) return due;
	const markedAt = isValidMark(user, now) ? user.mark : undefined;
	const dueAt = (markedAt ?? now) + graceDays * DAY_MS;
	const withDueAt: Action = {
		...row,
		columns: { ...columns, dueAt: new Date(dueAt).toISOString() },
	};
	if (markedAt === undefined) {
		return {
			...withDueAt,
			action: 'mark',
			requests: [markRequest(user, accountAction, now)],
			effect: { mark: accountAction, graceDays },
		};
	}
	if (dueAt <= now) return due;
	const marked = `Marked on ${toDateText(markedAt)}`;
	return skip(
		withDueAt,
		`${marked}, will be ${PAST_PARTICIPLE[accountAction]} on or after ${toDateText(dueAt)}`,
	);
}

/**
 * Whether a mark counts. It does not after an activity on its day or later (Clerk stores the last
 * activity with the precision of a day), so the user is marked again. Nor does a mark of the future,
 * which might never become due.
 */
const isValidMark = ({ mark, since }: Candidate, now: number): boolean =>
	mark !== undefined && mark <= now && mark - since >= DAY_MS;

const userPath = (rest: string, id: string): string => fillPath(`/users/{id}${rest}`, { id });

const isAlreadyDone = (
	{ banned, locked }: Candidate,
	accountAction: CleanUpAccountAction,
): boolean => (accountAction === 'ban' && banned) || (accountAction === 'lock' && locked);

/** Returns no requests if the user is already as wanted. */
function requestsFor(user: Candidate, accountAction: CleanUpAccountAction): ApiRequest[] {
	if (isAlreadyDone(user, accountAction)) return [];
	// Without this, a user who is unbanned would be banned again by the old mark, without notice.
	const unmarking = user.mark === undefined ? [] : [unmarkRequest(user, accountAction)];
	switch (accountAction) {
		case 'ban':
			return [{ method: 'POST', path: userPath('/ban', user.id) }, ...unmarking];
		case 'lock':
			return [{ method: 'POST', path: userPath('/lock', user.id) }, ...unmarking];
		case 'delete':
			return [{ method: 'DELETE', path: userPath('', user.id) }];
		default:
			return user.sessions.length === 0 ? [] : [...user.sessions.map(revokeRequest), ...unmarking];
	}
}

const revokeRequest = (id: string): ApiRequest => ({
	method: 'POST',
	path: fillPath('/sessions/{id}/revoke', { id }),
});

const setMarks = (id: string, marks: IDataObject | null): ApiRequest => ({
	method: 'PATCH',
	path: userPath('/metadata', id),
	body: { private_metadata: { [MARK_KEY]: marks } },
});

const markRequest = (
	{ id }: MarkedUser,
	accountAction: CleanUpAccountAction,
	now: number,
): ApiRequest => setMarks(id, { [accountAction]: new Date(now).toISOString() });

const unmarkRequest = (
	{ id, hasOtherMarks }: MarkedUser,
	accountAction: CleanUpAccountAction,
): ApiRequest => setMarks(id, hasOtherMarks ? { [accountAction]: null } : null);

const unmarkAction = (
	user: MarkedUser & { reason: string },
	accountAction: CleanUpAccountAction,
): Action => ({
	action: 'unmark',
	target: user.id,
	requests: [unmarkRequest(user, accountAction)],
	reason: user.reason,
	effect: { mark: accountAction },
	columns: { name: user.name, emailAddress: user.emailAddress, userId: user.id },
});

const alreadyDone = (accountAction: CleanUpAccountAction): string =>
	accountAction === 'revokeSessions'
		? 'Has no open session'
		: `Is already ${PAST_PARTICIPLE[accountAction]}`;

/** The admins of organizations, while the plan removes one after the other. */
class RemainingAdmins {
	private readonly organizationsOf = new Map<string, Organization[]>();

	constructor(organizations: Organization[]) {
		for (const { admins, ...organization } of organizations) {
			const copy = { ...organization, admins: new Set(admins) };
			for (const id of admins) {
				this.organizationsOf.set(id, [...(this.organizationsOf.get(id) ?? []), copy]);
			}
		}
	}

	/** Returns why a user must stay; undefined if every organization has another admin. */
	reasonToKeep(id: string): string | undefined {
		const organization = this.of(id).find(({ admins }) => losesLastAdmin(admins, [id]));
		return organization && `The last admin of ${organization.name} (${organization.id})`;
	}

	remove(id: string): void {
		for (const { admins } of this.of(id)) admins.delete(id);
	}

	private of(id: string): Organization[] {
		return this.organizationsOf.get(id) ?? [];
	}
}
