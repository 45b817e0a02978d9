import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { domainOf } from './directories';

/** The criteria of inactivity, read from the form (`fields/inactive.ts`), and the check of a user. */

export const DAY_MS = 86_400_000;

/** All times are Unix milliseconds. */
export interface InactivityCriteria {
	/** The field of a user's record with the time of the last activity. */
	by: 'last_active_at' | 'last_sign_in_at';
	/** Users with an activity at this time or later are active. */
	before: number;
	neverActive: 'include' | 'leaveOut' | 'only';
	createdBefore: number;
	includeBanned: boolean;
	withoutOrganization: boolean;
	/** Excepted email domains, in lower case. */
	domains: Set<string>;
	/** Excepted metadata. */
	metadata: MetadataRule[];
	/** Excepted user IDs. */
	ids: Set<string>;
}

interface MetadataRule {
	key: string;
	/** Any value by default. */
	value?: string;
}

export interface InactiveUser {
	user: ClerkRecord;
	/** Unix milliseconds of the last activity, or of the creation if there was none. */
	since: number;
	inactiveDays: number;
	/** Why the user counts as inactive, for the report. */
	reason: string;
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
		by: values.inactiveBy === 'signIn' ? ('last_sign_in_at' as const) : ('last_active_at' as const),
		neverActive: (values.neverActive ?? 'leaveOut') as InactivityCriteria['neverActive'],
		createdBefore: (values.createdBefore as number | undefined) ?? Infinity,
		includeBanned: values.includeBanned === true,
		withoutOrganization: values.withoutOrganization === true,
		domains: new Set(listIn(values.exceptEmailDomains).map(parseDomain)),
		metadata: listIn(values.exceptMetadata).map(parseRule),
		ids: new Set(listIn(values.exceptUserIds).map(parseUserId)),
	};
	return (now) => {
		if (since !== undefined && since > now - DAY_MS) {
			throw new InvalidInputError(
				'Inactive Since',
				'needs a date at least a day ago: Clerk keeps the last activity to the day',
			);
		}
		return { ...criteria, before: since ?? Math.floor(now - days * DAY_MS) };
	};
}

const listIn = (value: unknown): string[] => (value ?? []) as string[];

/** Rejects text that is no domain, because it would except no user without a notice. */
function parseDomain(text: string): string {
	const domain = text.replace(/^@/, '').toLowerCase();
	if (/^[^\s@/:]+\.[^\s@/:.]+$/.test(domain)) return domain;
	throw new InvalidInputError(
		'Except Email Domains',
		`needs domains such as acme.com, but got "${text}"`,
	);
}

function parseUserId(text: string): string {
	if (/^user_\w+$/.test(text)) return text;
	throw new InvalidInputError(
		'Except User IDs',
		`needs IDs such as user_2NNEqL…, but got "${text}"`,
	);
}

function parseRule(text: string): MetadataRule {
	const [, key, , value] = /^([^=]+?)\s*(=\s*(.*))?$/.exec(text) ?? [];
	if (key !== undefined) return { key, value };
	throw new InvalidInputError(
		'Except Metadata',
		`needs keys, or key=value such as plan=enterprise, but got "${text}"`,
	);
}

/**
 * Returns how long a user has been inactive; undefined if the user does not meet the criteria. Checks the
 * criteria that Clerk's filters check as well, so that an ignored filter selects no one.
 */
export function checkInactivity(
	user: ClerkRecord,
	criteria: InactivityCriteria,
	now: number,
): InactiveUser | undefined {
	const created = timeIn(user.created_at);
	const last = timeIn(user[criteria.by]);
	const since = last ?? created;
	const excludedBy = last === undefined ? 'leaveOut' : 'only';
	if (since === undefined || created === undefined) return undefined;
	if (criteria.neverActive === excludedBy || since >= criteria.before) return undefined;
	if (created >= criteria.createdBefore) return undefined;
	if (user.banned === true && !criteria.includeBanned) return undefined;
	if (isExcepted(user, criteria)) return undefined;
	const inactiveDays = Math.floor((now - since) / DAY_MS);
	return { user, since, inactiveDays, reason: reasonFor(criteria, last, since, inactiveDays) };
}

const timeIn = (value: unknown): number | undefined =>
	typeof value === 'number' ? value : undefined;

function reasonFor(
	{ by }: InactivityCriteria,
	last: number | undefined,
	since: number,
	days: number,
) {
	const activity = by === 'last_active_at' ? 'active' : 'signed in';
	const beginning =
		last === undefined
			? `never ${activity} since created on ${toDateText(since)}`
			: `last ${activity} on ${toDateText(since)}`;
	return `${beginning}, ${days} days ago`;
}

/** Returns the date in UTC as `YYYY-MM-DD`. @param time - Unix milliseconds */
export const toDateText = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Unverified addresses count as well: here they can only keep a user from being selected. */
function isExcepted(user: ClerkRecord, { ids, domains, metadata }: InactivityCriteria): boolean {
	if (ids.has(String(user.id))) return true;
	const entries = (
		Array.isArray(user.email_addresses) ? user.email_addresses : []
	) as ClerkRecord[];
	const addresses = entries.map(({ email_address: address }) => String(address));
	if (addresses.some((address) => domains.has(domainOf(address)))) return true;
	// Not unsafe metadata, which users write themselves.
	const stored = [user.public_metadata, user.private_metadata];
	return metadata.some((rule) => stored.some((one) => matchesRule(one, rule)));
}

function matchesRule(metadata: unknown, { key, value }: MetadataRule): boolean {
	const found = ownValue(metadata, key) ?? key.split('.').reduce(ownValue, metadata);
	if (found === undefined) return false;
	return value === undefined || [found].flat().some((one) => String(one) === value);
}

/** Returns the value of an own key, of a list's entries too. */
function ownValue(parent: unknown, key: string): unknown {
	const hasKeys = parent !== null && typeof parent === 'object';
	return hasKeys && Object.hasOwn(parent, key) ? (parent as ClerkRecord)[key] : undefined;
}
