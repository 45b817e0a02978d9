import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { toIsoTime } from '../../engine/rateLimit/clock';
import { isDeprovisioned } from './directories';
import { Exceptions } from './exceptions';
import type { Exception } from './exceptions';

/** The criteria of inactivity, read from the form (`fields/inactive.ts`), and the check of a user. */

export const DAY_MS = 86_400_000;

/** All times are Unix milliseconds. */
export interface InactivityCriteria {
	/** The field of a user's record with the time of the last activity. */
	activityField: 'last_active_at' | 'last_sign_in_at';
	/** Users with an activity at this time or later are active. */
	before: number;
	neverActive: 'include' | 'leaveOut' | 'only';
	createdBefore: number;
	includeBanned: boolean;
	withoutOrganization: boolean;
	exceptions: Exceptions;
}

export interface InactiveUser {
	user: ClerkRecord;
	/** Unix milliseconds of the last activity, or of the creation if there was none. */
	since: number;
	inactiveDays: number;
	/** Why the user counts as inactive, for the report. */
	reason: string;
	/** The exceptions that spare the user; empty for one that is selected. */
	sparedBy: Exception[];
}

/**
 * Reads the criteria from the values of the form.
 *
 * @returns the criteria once the time is known that they count back from, in Unix milliseconds; throws
 * InvalidInputError for an Inactive Since that is too late
 * @throws InvalidInputError
 */
export function parseCriteria(
	values: Record<string, unknown>,
): (now: number) => InactivityCriteria {
	const since = values.inactiveSince as number | undefined;
	const days = values.inactiveDays as number;
	const criteria = {
		activityField:
			values.inactiveBy === 'signIn' ? ('last_sign_in_at' as const) : ('last_active_at' as const),
		neverActive: (values.neverActive ?? 'leaveOut') as InactivityCriteria['neverActive'],
		createdBefore: (values.createdBefore as number | undefined) ?? Infinity,
		includeBanned: values.includeBanned === true,
		withoutOrganization: values.withoutOrganization === true,
		exceptions: new Exceptions(values),
	};
	return (now) => {
		if (since !== undefined && since > now - DAY_MS) {
			throw new InvalidInputError(
				'Inactive Since',
				'needs a date at least a day ago: Clerk stores only the day of the last activity',
			);
		}
		return { ...criteria, before: since ?? Math.floor(now - days * DAY_MS) };
	};
}

/**
 * Returns how long a user has been inactive, and the exceptions that spare the user; undefined if the
 * user does not meet the other criteria. Checks the criteria that Clerk's filters check as well, so that
 * an ignored filter selects no one.
 */
export function checkInactivity(
	user: ClerkRecord,
	criteria: InactivityCriteria,
	now: number,
): InactiveUser | undefined {
	const created = timeIn(user.created_at);
	const last = timeIn(user[criteria.activityField]);
	const since = last ?? created;
	const excludedBy = last === undefined ? 'leaveOut' : 'only';
	if (since === undefined || created === undefined) return undefined;
	if (criteria.neverActive === excludedBy || since >= criteria.before) return undefined;
	if (created >= criteria.createdBefore) return undefined;
	if (user.banned === true && !criteria.includeBanned) return undefined;
	const inactiveDays = Math.floor((now - since) / DAY_MS);
	const blocked = isDeprovisioned(user) ? '; deprovisioned by a directory' : '';
	const reason = `${reasonFor(criteria, last, since, inactiveDays)}${blocked}`;
	return { user, since, inactiveDays, reason, sparedBy: criteria.exceptions.sparing(user) };
}

const timeIn = (value: unknown): number | undefined =>
	typeof value === 'number' ? value : undefined;

function reasonFor(
	{ activityField }: InactivityCriteria,
	last: number | undefined,
	since: number,
	days: number,
) {
	const activity = activityField === 'last_active_at' ? 'active' : 'signed in';
	const beginning =
		last === undefined
			? `never ${activity} since created on ${toDateText(since)}`
			: `last ${activity} on ${toDateText(since)}`;
	return `${beginning}, ${days} days ago`;
}

/**
 * Returns why no user was found: `No user matches: last sign-in at least 90 days ago; banned users left
 * out; users who never signed in left out`.
 *
 * @param now - Unix milliseconds
 */
export function describeNoMatch(criteria: InactivityCriteria, now: number): string {
	const { activityField, before, neverActive, createdBefore } = criteria;
	const isActivity = activityField === 'last_active_at';
	const never = isActivity ? 'were never active' : 'never signed in';
	const days = (now - before) / DAY_MS;
	const since = Number.isInteger(days)
		? `at least ${days} days ago`
		: `before ${toDateText(before)}`;
	const matching =
		neverActive === 'only'
			? `${never.replace('were ', '')}, and created ${since}`
			: `last ${isActivity ? 'activity' : 'sign-in'} ${since}`;
	return [
		`No user matches: ${matching}`,
		...(Number.isFinite(createdBefore) ? [`created before ${toDateText(createdBefore)}`] : []),
		...(criteria.includeBanned ? [] : ['banned users left out']),
		...(neverActive === 'leaveOut' ? [`users who ${never} left out`] : []),
		...(criteria.withoutOrganization ? ['members of organizations left out'] : []),
	].join('; ');
}

/** Returns the date in UTC as `YYYY-MM-DD`. @param time - Unix milliseconds */
export const toDateText = (time: number): string => toIsoTime(time).slice(0, 10);
