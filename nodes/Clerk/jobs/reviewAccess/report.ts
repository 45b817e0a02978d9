import type { ClerkRecord } from '../../engine/operation';
import { toIsoTime } from '../../engine/rateLimit/clock';
import { DAY_MS, toDateText } from '../shared/inactivity';
import { describePerson, personOf } from '../shared/people';
import type { Person } from '../shared/people';
import { describeCounts, SUMMARY, toSentence } from '../shared/report';
import type { Layout, ReportRow } from '../shared/report';
import { activeAdmins, elevatedIn, isOverdue } from './review';
import type {
	Membership,
	PendingInvitation,
	ReviewCriteria,
	ReviewData,
	ReviewedOrganization,
} from './review';

export const REVIEW_LAYOUT: Layout = {
	details: [
		'role',
		'permissions',
		'since',
		'lastActiveAt',
		'twoFactorEnabled',
		'banned',
		'locked',
		'deprovisioned',
		'apiKeyName',
		'lastUsedAt',
		'admins',
		'members',
		'organizations',
	],
	ids: ['userId', 'organizationId'],
	isApprovable: false,
};

/**
 * Returns the rows of a review: elevated members, organizations with too few admins, invitations, API
 * keys, and the summary. Pure.
 *
 * @param now - Unix milliseconds
 */
export function report(data: ReviewData, criteria: ReviewCriteria, now: number): ReportRow[] {
	const { organizations } = data;
	const sorted = [...organizations].sort((a, b) => compare(labelOf(a), labelOf(b)) || byId(a, b));
	const rows = [
		...sorted.flatMap((organization) =>
			elevatedIn([organization])
				.sort((a, b) => compare(describeMember(a), describeMember(b)) || byId(a, b))
				.map((membership) => toMemberRow(membership, data, now)),
		),
		...sorted.flatMap(toOrganizationRow),
		...data.invitations
			.filter((invitation) => isOverdue(invitation, criteria.pendingDays, now))
			.sort((a, b) => a.since - b.since || byId(a, b))
			.map((invitation) => toInvitationRow(invitation, now)),
		...toApiKeyRows(data, now),
	];
	const sum = (of: 'members' | 'unclear') => organizations.reduce((all, one) => all + one[of], 0);
	const [members, unclear] = [sum('members'), sum('unclear')];
	const found = rows.length > 0 ? describeCounts(rows) : 'nothing to report';
	const reviewed = `reviewed ${organizations.length} organizations with ${members} members: ${found}`;
	const notices = [
		...data.notices,
		...(unclear > 0 ? [`Clerk does not show the permissions of ${unclear} members`] : []),
	];
	return [
		...rows,
		{
			...row(SUMMARY, 'organizations', toSentence([reviewed, ...notices])),
			columns: { members, organizations: organizations.length },
		},
	];
}

const row = (action: string, target: string, reason: string): ReportRow => ({
	action,
	target,
	status: 'done',
	reason,
});

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const byId = (one: { id: string }, other: { id: string }): number => compare(one.id, other.id);

const labelOf = ({ slug, name }: ReviewedOrganization): string => slug ?? name;

const describeMember = (membership: Membership): string =>
	describePerson(membership, membership.userId ?? membership.id);

function toMemberRow(membership: Membership, { users }: ReviewData, now: number): ReportRow {
	const { id, userId, organizationId, organization, role, permissions, since } = membership;
	const { banned, deprovisioned } = membership;
	const user = userId === null ? undefined : users.get(userId);
	const reason = toSentence([
		membership.elevatedBy,
		banned ? 'banned' : undefined,
		deprovisioned ? 'deprovisioned by a directory' : undefined,
		user?.locked === true ? 'locked' : undefined,
		...describeUser(user, now),
	]);
	const person = knownOf(user ? personOf(user) : membership, membership);
	return {
		...row('elevatedMember', id, reason),
		columns: {
			...person,
			organization,
			role,
			permissions,
			since: timeOf(since),
			lastActiveAt: timeOf(user?.last_active_at),
			twoFactorEnabled: flagOf(user?.two_factor_enabled),
			banned,
			locked: flagOf(user?.locked),
			deprovisioned,
			userId,
			organizationId,
		},
	};
}

const knownOf = (one: Person, other: Person): Person => ({
	name: one.name ?? other.name,
	emailAddress: one.emailAddress ?? other.emailAddress,
});

function describeUser(user: ClerkRecord | undefined, now: number): string[] {
	if (!user) return ["the user's record was not found"];
	return [
		...(user.two_factor_enabled === false ? ['without a second factor'] : []),
		describeLast('active', user.last_active_at, now),
	];
}

/** Returns `last active on 2026-02-01, 120 days ago`, or `never active`. */
const describeLast = (activity: string, at: unknown, now: number): string =>
	typeof at === 'number'
		? `last ${activity} on ${toDateText(at)}, ${daysSince(at, now)} days ago`
		: `never ${activity}`;

const daysSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / DAY_MS));

/** Returns ISO text; null for what is no time. */
const timeOf = (at: unknown): string | null =>
	typeof at === 'number' && Number.isFinite(at) ? toIsoTime(at) : null;

const flagOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** Returns no row for an organization with several admins, or with members who may be admins. */
function toOrganizationRow(organization: ReviewedOrganization): ReportRow[] {
	const { id, slug, members, unclear, memberships } = organization;
	const admins = activeAdmins(organization);
	if (admins.length > 1 || unclear > 0) return [];
	const columns = { organization: slug, organizationId: id, admins: admins.length, members };
	if (admins.length === 1) {
		const [{ name, emailAddress, userId }] = admins;
		const reason = `Its only admin is ${describeMember(admins[0])}`;
		return [
			{
				...row('organizationWithOneAdmin', id, reason),
				columns: { ...columns, name, emailAddress, userId },
			},
		];
	}
	const blocked = memberships.filter(({ isAdmin }) => isAdmin).map(describeBlocked);
	const reason =
		members === 0
			? 'It has no members'
			: blocked.length > 0
				? `None of its admins can sign in: ${blocked.join(', ')}`
				: 'None of its members is an admin';
	return [{ ...row('organizationWithoutAdmin', id, reason), columns }];
}

const describeBlocked = (admin: Membership): string =>
	`${describeMember(admin)} is ${admin.banned ? 'banned' : 'deprovisioned by a directory'}`;

const toInvitationRow = (invitation: PendingInvitation, now: number): ReportRow => {
	const { id, emailAddress, organization, organizationId, role, since } = invitation;
	const reason = `Pending since ${toDateText(since)}, ${daysSince(since, now)} days ago`;
	return {
		...row('pendingInvitation', id, reason),
		columns: { emailAddress, organization, organizationId, role, since: timeOf(since) },
	};
};

/** Returns a row for each key: those never used first, then those not used for the longest. */
function toApiKeyRows({ apiKeys, users }: ReviewData, now: number): ReportRow[] {
	const lastUse = ({ last_used_at: at }: ClerkRecord) => (typeof at === 'number' ? at : -Infinity);
	const keys = [...apiKeys.values()].flat();
	keys.sort((a, b) => {
		const [one, other] = [lastUse(a), lastUse(b)];
		return one === other ? compare(String(a.id), String(b.id)) : one - other;
	});
	return keys.map((key) => {
		const { id, name, subject, last_used_at: usedAt, created_at: since } = key;
		const user = users.get(String(subject));
		return {
			...row('apiKey', String(id), toSentence([describeLast('used', usedAt, now)])),
			columns: {
				...(user && personOf(user)),
				apiKeyName: name === undefined || name === null ? null : String(name as string),
				since: timeOf(since),
				lastUsedAt: timeOf(usedAt),
				userId: String(subject),
			},
		};
	});
}
