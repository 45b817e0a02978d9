import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import type { Action } from '../shared/actions';
import { losesLastAdmin } from '../shared/admins';
import type { Organization } from '../shared/organizations';
import { DAY, dayOf } from './inactive';

/** Inactive users, and what becomes of them: at once, or after they were marked for some days. Pure. */

/**
 * Where a mark stands in a user's private metadata: `{ "n8nCleanUp": { "delete": "<ISO time>" } }`,
 * so that clean-ups that do different things mark beside each other.
 */
export const MARK = 'n8nCleanUp';

export type Measure = 'ban' | 'delete' | 'lock' | 'nothing' | 'revokeSessions';

export interface CleanUp {
	action: Measure;
	/** How many days a user stays marked before it is done; 0 does it at once. */
	graceDays: number;
}

/** A user as far as the plan has to know them. */
export interface Person {
	id: string;
	emailAddress: string | null;
	/** Unix milliseconds of the mark for this action; NaN for one that nobody can read. */
	mark?: number;
	/** Whether other actions have marks there as well. */
	isSharedMark: boolean;
}

export interface Candidate extends Person {
	/** Unix milliseconds of when they were last there, or were created. */
	since: number;
	inactiveDays: number;
	reason: string;
	banned: boolean;
	locked: boolean;
	/** The directory that is in charge of them. */
	directory?: string;
	/** The ids of their open sessions, where these are to be revoked. */
	sessions: string[];
}

/** What was read. */
export interface Found {
	candidates: Candidate[];
	/** Marked, and not to be cleaned up any more, each with the reason. */
	released: Array<Person & { reason: string }>;
	/** All that candidates are members of. */
	organizations: Organization[];
	lookedAt: number;
	allUsers: number;
	/** What the report has to say of the reading. */
	notices: string[];
}

export const DONE: Record<Measure, string> = {
	ban: 'banned',
	delete: 'deleted',
	lock: 'locked',
	nothing: 'listed',
	revokeSessions: 'signed out',
};

/** Who was away longest comes first: where an organization keeps one admin, it is who was there last. */
export function planCleanUp(found: Found, wanted: CleanUp, now: number): Action[] {
	const inOrder = [...found.candidates].sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
	const runBy = new Leadership(found.organizations);
	// Otherwise the second run would count those whom the first has locked, and lock who was kept.
	for (const one of inOrder) if (isSo(one, wanted.action)) runBy.leave(one.id);
	return [
		...inOrder.flatMap((one) => planFor(one, wanted, runBy, now) ?? []),
		...(wanted.graceDays > 0 ? found.released.map((one) => unmark(one, wanted.action)) : []),
	];
}

function planFor(
	one: Candidate,
	{ action, graceDays }: CleanUp,
	leadership: Leadership,
	now: number,
): Action | undefined {
	const row = { action, target: one.id, reason: one.reason, requests: [], about: aboutOf(one) };
	if (action === 'nothing') return row;
	const requests = requestsFor(one, action);
	if (requests.length === 0) return undefined;
	const kept = one.directory
		? `The directory ${one.directory} is in charge of this user`
		: action !== 'revokeSessions' && leadership.objection(one.id);
	if (kept) return { ...row, reason: kept, isSkipped: true };
	leadership.leave(one.id);
	const done = { ...row, requests, isIdempotent: true };
	if (graceDays === 0) return done;
	const markedAt = isGood(one, now) ? one.mark : undefined;
	const dueAt = (markedAt ?? now) + graceDays * DAY;
	const about = { ...row.about, dueAt: new Date(dueAt).toISOString() };
	if (markedAt === undefined)
		return { ...row, action: 'mark', about, requests: [mark(one, action, now)] };
	if (dueAt <= now) return done;
	const reason = `Marked on ${dayOf(markedAt)}, will be ${DONE[action]} on or after ${dayOf(dueAt)}`;
	return { ...row, about, reason, isSkipped: true };
}

const aboutOf = ({ emailAddress, inactiveDays }: Candidate): IDataObject => ({
	emailAddress,
	inactiveDays,
});

/**
 * A mark counts while the user stays away: who was there after it, or on its day (Clerk keeps no more
 * than the day), is warned anew. One of the future would never come due.
 */
const isGood = ({ mark, since }: Candidate, now: number): boolean =>
	mark !== undefined && mark <= now && mark - since >= DAY;

const userPath = (rest: string, id: string): string => fillPath(`/users/{id}${rest}`, { id });

const isSo = ({ banned, locked }: Candidate, action: Measure): boolean =>
	(action === 'ban' && banned) || (action === 'lock' && locked);

/** None where it is so already. */
function requestsFor(one: Candidate, action: Measure): ApiRequest[] {
	if (isSo(one, action)) return [];
	// A mark that stayed behind would do it again without a warning once somebody undoes it.
	const cleared = one.mark === undefined ? [] : [clear(one, action)];
	switch (action) {
		case 'ban':
			return [{ method: 'POST', path: userPath('/ban', one.id) }, ...cleared];
		case 'lock':
			return [{ method: 'POST', path: userPath('/lock', one.id) }, ...cleared];
		case 'delete':
			return [{ method: 'DELETE', path: userPath('', one.id) }];
		default:
			return one.sessions.length === 0 ? [] : [...one.sessions.map(revoke), ...cleared];
	}
}

const revoke = (id: string): ApiRequest => ({
	method: 'POST',
	path: fillPath('/sessions/{id}/revoke', { id }),
});

const setMark = (id: string, mark: IDataObject | null): ApiRequest => ({
	method: 'PATCH',
	path: userPath('/metadata', id),
	body: { private_metadata: { [MARK]: mark } },
});

const mark = ({ id }: Person, action: Measure, now: number): ApiRequest =>
	setMark(id, { [action]: new Date(now).toISOString() });

const clear = ({ id, isSharedMark }: Person, action: Measure): ApiRequest =>
	setMark(id, isSharedMark ? { [action]: null } : null);

const unmark = (one: Person & { reason: string }, action: Measure): Action => ({
	action: 'unmark',
	target: one.id,
	requests: [clear(one, action)],
	reason: one.reason,
	about: { emailAddress: one.emailAddress },
});

/** Who runs which organization, while one after the other leaves. */
class Leadership {
	private readonly runBy = new Map<string, Organization[]>();

	constructor(organizations: Organization[]) {
		for (const { admins, ...organization } of organizations) {
			const own = { ...organization, admins: new Set(admins) };
			for (const id of admins) this.runBy.set(id, [...(this.runBy.get(id) ?? []), own]);
		}
	}

	objection(id: string): string | undefined {
		const organization = this.of(id).find(({ admins }) => losesLastAdmin(admins, [id]));
		return organization && `The last admin of ${organization.name} (${organization.id})`;
	}

	leave(id: string): void {
		for (const { admins } of this.of(id)) admins.delete(id);
	}

	private of(id: string): Organization[] {
		return this.runBy.get(id) ?? [];
	}
}
