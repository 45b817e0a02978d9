import { isNotFound, isUnavailable } from '../../engine/http/outcome';
import { readList } from '../../engine/http/readList';
import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, Send } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';
import { fillPath } from '../../engine/request/buildRequest';
import { describeError } from '../../engine/run/errors';
import { orderedPaging } from '../../fields/paging';
import { adminRolesIn, MANAGES_MEMBERS } from '../shared/admins';
import { isDeprovisioned } from '../shared/directories';
import { noneIfTurnedOff } from '../shared/organizations';
import { personOfMember } from '../shared/people';
import { readAll } from '../shared/readAll';
import type { ReadContext } from '../shared/readAll';
import { readApiKeys, readUsers } from './readPeople';
import { activeAdmins, elevatedIn, elevation } from './review';
import type {
	Membership,
	OrganizationKeys,
	PendingInvitation,
	ReviewCriteria,
	ReviewData,
	ReviewedOrganization,
} from './review';

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

/** What is kept of a member. */
interface Judged {
	/** Only if it is elevated or one of an admin. */
	membership?: Membership;
	/** Clerk shows what the member may do neither in the membership nor in a role. */
	isUnclear: boolean;
}

type Judge = (record: ClerkRecord, organization: OrganizationKeys) => Judged;

/**
 * Reads the roles, which tell admins from other members. Without them, the role and the permissions
 * that a membership shows tell it.
 */
async function readJudge(criteria: ReviewCriteria, send: Send, notices: string[]): Promise<Judge> {
	const roles = await readAll(send, '/organization_roles', orderedPaging).catch(
		(error: unknown) => {
			if (!isUnavailable(error)) throw error as Error;
			notices.push(
				`the roles were not looked at, so that each member was judged by what the membership shows: ${describeError(error)}`,
			);
			return undefined;
		},
	);
	const permissionsOf = new Map(
		(roles ?? []).map(({ key, permissions }) => [String(key), keysOf(permissions)]),
	);
	if (roles) {
		rejectUnknownRoles(criteria.roles, [...permissionsOf.keys()]);
		const known = new Set([...permissionsOf.values()].flat());
		const idle = criteria.permissions.filter((permission) => !known.has(permission));
		if (idle.length > 0) notices.push(`no role has the permission ${idle.join(', ')}`);
	}
	const adminRoles = adminRolesIn(roles);
	return (record, organization) => {
		const role = String(record.role);
		const ofRole = permissionsOf.get(role);
		const isShown = Array.isArray(record.permissions);
		const permissions = isShown ? keysOf(record.permissions) : (ofRole ?? []);
		const isAdmin = adminRoles.has(role) || permissions.includes(MANAGES_MEMBERS);
		const elevatedBy = elevation(role, permissions, criteria);
		if (!isAdmin && elevatedBy === undefined) return { isUnclear: !isShown && !ofRole };
		const user = toObject(record.public_user_data);
		const membership = {
			id: String(record.id),
			userId: typeof user.user_id === 'string' ? user.user_id : null,
			...personOfMember(user),
			organizationId: organization.id,
			organization: organization.slug,
			role,
			permissions,
			since: Number(record.created_at),
			banned: user.banned === true,
			deprovisioned: isDeprovisioned(user),
			isAdmin,
			elevatedBy,
		};
		return { membership, isUnclear: false };
	};
}

/** Returns the keys of permissions, which are records in a role and text in a membership. */
const keysOf = (permissions: unknown): string[] =>
	(Array.isArray(permissions) ? permissions : []).map((permission: unknown) =>
		String(isObject(permission) ? permission.key : permission),
	);

const toObject = (value: unknown): ClerkRecord => (isObject(value) ? value : {});

const textOf = (value: unknown): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

/** A review by a role that does not exist would find no one, as if all were well. @throws InvalidInputError */
function rejectUnknownRoles(roles: readonly string[], known: string[]): void {
	const unknown = roles.filter((role) => !known.includes(role));
	if (unknown.length === 0) return;
	const what = describeMissing(unknown);
	throw new InvalidInputError('Roles', `${what}. Use one of: ${known.sort().join(', ')}`);
}

/** Returns `"a", "b" do not exist`. */
const describeMissing = (names: string[]): string =>
	`${names.map((name) => `"${name}"`).join(', ')} ${names.length === 1 ? 'does' : 'do'} not exist`;

interface Lists {
	organizations: ReviewedOrganization[];
	invitations: PendingInvitation[];
}

async function readLists(
	criteria: ReviewCriteria,
	judge: Judge,
	context: ReadContext,
	notices: string[],
): Promise<Lists> {
	if (criteria.organizations.length > 0) return await readChosen(criteria, judge, context);
	return await readInstance(judge, context, notices);
}

/** Reads the whole instance: three lists, side by side, whatever the number of organizations. */
async function readInstance(
	judge: Judge,
	{ send, forEachConcurrently }: ReadContext,
	notices: string[],
): Promise<Lists> {
	let organizations: OrganizationKeys[] = [];
	let members: Seen[] = [];
	let invitations: PendingInvitation[] = [];
	const readers = [
		async () => {
			const rows = await readAll(send, '/organizations', orderedPaging).catch((error: unknown) => {
				const none = noneIfTurnedOff(error);
				notices.push('organizations are turned off for this instance');
				return none;
			});
			organizations = rows.map(toKeys);
		},
		async () => {
			members = await readMembers(send, '/organization_memberships', judge);
		},
		async () => {
			const rows = await readAll(send, '/organization_invitations', orderedPaging, PENDING).catch(
				noneIfTurnedOff,
			);
			invitations = rows.flatMap((row) => toInvitation(row));
		},
	];
	await forEachConcurrently(readers, async (read) => await read());
	return { organizations: group(organizations, members), invitations };
}

const PENDING = { status: 'pending' };

interface Seen extends Judged {
	organization: OrganizationKeys;
}

/**
 * Reads a list of memberships; without a filter, so that no member is missing because of the role.
 *
 * @param own - the organization of all of them; otherwise each names its own
 */
async function readMembers(
	send: Send,
	path: string,
	judge: Judge,
	own?: OrganizationKeys,
): Promise<Seen[]> {
	const request = { method: 'GET' as const, path, query: { order_by: '+created_at' } };
	const known = new Map<string, OrganizationKeys>();
	const reading = readList(send, request, orderedPaging, (record): Seen => {
		const keys = own ?? toKeys(toObject(record.organization));
		const organization = known.get(keys.id) ?? keys;
		known.set(keys.id, organization);
		return { organization, ...judge(record, organization) };
	});
	return await reading.then(
		({ rows }) => rows,
		(error: unknown) => noneIfTurnedOff(error) as never[],
	);
}

/** Returns the organizations with their members; an organization that was created in the meantime too. */
function group(organizations: OrganizationKeys[], members: Seen[]): ReviewedOrganization[] {
	const byId = new Map<string, ReviewedOrganization>();
	const groupOf = (keys: OrganizationKeys): ReviewedOrganization => {
		const found = byId.get(keys.id) ?? { ...keys, members: 0, unclear: 0, memberships: [] };
		byId.set(keys.id, found);
		return found;
	};
	for (const keys of organizations) groupOf(keys);
	for (const { organization, membership, isUnclear } of members) {
		const own = groupOf(organization);
		own.members++;
		if (isUnclear) own.unclear++;
		if (membership) own.memberships.push(membership);
	}
	return [...byId.values()];
}

/** Reads the chosen organizations, each once, with their members and invitations. @throws InvalidInputError if one does not exist */
async function readChosen(
	{ organizations: names }: ReviewCriteria,
	judge: Judge,
	{ send, forEachConcurrently }: ReadContext,
): Promise<Lists> {
	const found = new Map<string, OrganizationKeys>();
	const missing = new Set<string>();
	await forEachConcurrently([...new Set(names)], async (name) => {
		try {
			const path = fillPath('/organizations/{name}', { name });
			const keys = toKeys((await send({ method: 'GET', path })) as ClerkRecord);
			found.set(keys.id, keys);
		} catch (error) {
			if (!isNotFound(error)) throw error as Error;
			missing.add(name);
		}
	});
	if (missing.size > 0) {
		throw new InvalidInputError(
			'Organizations',
			describeMissing(names.filter((name) => missing.delete(name))),
		);
	}
	const organizations: ReviewedOrganization[] = [];
	const invitations: PendingInvitation[] = [];
	await forEachConcurrently([...found.values()], async (keys) => {
		const path = fillPath('/organizations/{id}', { id: keys.id });
		const members = await readMembers(send, `${path}/memberships`, judge, keys);
		organizations.push(...group([keys], members));
		const rows = await readAll(send, `${path}/invitations`, orderedPaging, PENDING);
		for (const row of rows) invitations.push(...toInvitation(row, keys));
	});
	return { organizations, invitations };
}

/**
 * Reads the members again of each organization that seems to have no admin: an admin who was appointed
 * while the list was read may be missing. An organization that was deleted since is left out.
 */
async function confirmAdmins(
	organizations: ReviewedOrganization[],
	judge: Judge,
	{ send, forEachConcurrently }: ReadContext,
): Promise<ReviewedOrganization[]> {
	const confirmed = new Map(organizations.map((one) => [one.id, one]));
	const doubtful = organizations.filter((one) => activeAdmins(one).length === 0);
	await forEachConcurrently(doubtful, async ({ id, slug, name }) => {
		const path = fillPath('/organizations/{id}/memberships', { id });
		const keys = { id, slug, name };
		try {
			const [again] = group([keys], await readMembers(send, path, judge, keys));
			confirmed.set(id, again);
		} catch (error) {
			if (!isNotFound(error)) throw error as Error;
			confirmed.delete(id);
		}
	});
	return [...confirmed.values()];
}

const toKeys = ({ id, slug, name }: ClerkRecord): OrganizationKeys => ({
	id: String(id),
	slug: textOf(slug),
	name: textOf(name) ?? textOf(slug) ?? String(id),
});

/** Returns nothing for an invitation that is no longer pending. @param organization - for a list that does not name it */
function toInvitation(row: ClerkRecord, organization?: OrganizationKeys): PendingInvitation[] {
	const { id, status, email_address: address, role, created_at: since } = row;
	if (status !== 'pending') return [];
	const shown = toObject(row.public_organization_data);
	return [
		{
			id: String(id),
			emailAddress: String(address).toLowerCase(),
			organizationId: organization?.id ?? String(row.organization_id ?? shown.id),
			organization: organization?.slug ?? textOf(shown.slug),
			role: String(role),
			since: Number(since),
		},
	];
}
