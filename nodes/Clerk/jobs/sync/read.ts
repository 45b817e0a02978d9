import { isNotFound } from '../../engine/http/outcome';
import { normalizeListResponse, pages } from '../../engine/http/pagination';
import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, OperationContext, QueryValue } from '../../engine/operation';
import { chunks } from '../../engine/operation/json';
import { fillPath } from '../../engine/request/buildRequest';
import { MAX_FILTER_VALUES } from '../../engine/request/longLists';
import { dataPaging, usersPaging } from '../../fields/paging';
import { readAll } from '../shared/readAll';
import type { Member, OrganizationState, PendingInvitation } from './state';

/** What a sync reads, in as few calls as it can, and who is meant by the items of its input. */

type Asking = Pick<OperationContext, 'send' | 'forEachConcurrently'>;

export type MatchBy = 'emailAddress' | 'externalId' | 'userId';

/** Organizations by how they were named, without those that do not exist. @param names - ids and slugs */
export async function readOrganizations(
	names: string[],
	{ send, forEachConcurrently }: Asking,
): Promise<Map<string, { id: string; slug: string }>> {
	const found = new Map<string, { id: string; slug: string }>();
	await forEachConcurrently(names, async (name) => {
		try {
			const path = fillPath('/organizations/{name}', { name });
			const { id, slug } = (await send({ method: 'GET', path })) as ClerkRecord;
			found.set(name, { id: String(id), slug: String(slug ?? '') });
		} catch (error) {
			if (!isNotFound(error) && !(error instanceof InvalidInputError)) throw error as Error;
		}
	});
	return found;
}

/** The members and open invitations of one organization. @throws RequestError */
export async function readMembers(
	organization: { id: string; slug: string },
	withInvitations: boolean,
	{ send }: Pick<Asking, 'send'>,
): Promise<OrganizationState> {
	const path = fillPath('/organizations/{id}', organization);
	const members = await readUnmoved(send, `${path}/memberships`, { order_by: '+created_at' });
	const invitations = withInvitations
		? await readUnmoved(send, `${path}/invitations`, { order_by: '+created_at', status: 'pending' })
		: [];
	return {
		...organization,
		members: members.flatMap(toMember),
		invitations: invitations.map(toInvitation),
	};
}

/** How often a list is read again that lost rows meanwhile. */
const READINGS = 3;

/** Pages go by offset: who leaves while they are read hides somebody who stays. */
async function readUnmoved(
	send: OperationContext['send'],
	path: string,
	query: Record<string, QueryValue>,
): Promise<ClerkRecord[]> {
	for (let reading = 1; ; reading++) {
		const rows: ClerkRecord[] = [];
		let all: number | undefined;
		for await (const page of pages(send, { method: 'GET', path, query }, dataPaging, {})) {
			rows.push(...page.rows);
			all = page.total;
		}
		if (rows.length >= (all ?? 0) || reading === READINGS) return rows;
	}
}

const objectOf = (value: unknown): ClerkRecord => (value ?? {}) as ClerkRecord;

function toMember(membership: ClerkRecord): Member[] {
	const { user_id: userId, banned, deprovisioned } = objectOf(membership.public_user_data);
	if (typeof userId !== 'string') return [];
	return [
		{
			userId,
			role: String(membership.role),
			isActive: banned !== true && deprovisioned !== true,
			publicMetadata: objectOf(membership.public_metadata),
			privateMetadata: objectOf(membership.private_metadata),
			since: Number(membership.created_at ?? 0),
		},
	];
}

const toInvitation = (invitation: ClerkRecord): PendingInvitation => ({
	id: String(invitation.id),
	emailAddress: String(invitation.email_address).toLowerCase(),
	role: String(invitation.role),
	privateMetadata: objectOf(invitation.private_metadata),
});

/** How each way of matching asks, and what it goes by. */
const WAYS: Record<
	MatchBy,
	{ filter: string; prefix: string; described: string; keysOf(user: ClerkRecord): string[] }
> = {
	emailAddress: {
		filter: 'email_address',
		prefix: '',
		described: 'verified e-mail address',
		keysOf: (user) => addressesOf(user, true),
	},
	// Signed, so that a value that begins with a minus sign does not leave its user out.
	externalId: {
		filter: 'external_id',
		prefix: '+',
		described: 'external ID',
		keysOf: ({ external_id: id }) => (typeof id === 'string' ? [id] : []),
	},
	userId: {
		filter: 'user_id',
		prefix: '+',
		described: 'ID',
		keysOf: ({ id }) => [String(id)],
	},
};

function addressesOf(user: ClerkRecord, isVerified: boolean): string[] {
	const entries = (user.email_addresses ?? []) as ClerkRecord[];
	return entries
		.filter((entry) => (objectOf(entry.verification).status === 'verified') === isVerified)
		.map(({ email_address: address }) => String(address).toLowerCase());
}

/** A value as it is compared. */
export const normalizeValue = (by: MatchBy, value: string): string =>
	by === 'emailAddress' ? value.trim().toLowerCase() : value.trim();

/** Users by the values that name them; a value may name several. */
export class Users {
	private readonly byKey = new Map<string, ClerkRecord[]>();

	private readonly byUnverified = new Map<string, ClerkRecord[]>();

	private readonly byId = new Map<string, ClerkRecord>();

	constructor(
		private readonly by: MatchBy,
		private readonly takesUnverified: boolean,
	) {}

	add(users: ClerkRecord[]): void {
		for (const user of users) {
			const id = String(user.id);
			if (this.byId.has(id)) continue;
			this.byId.set(id, user);
			for (const key of WAYS[this.by].keysOf(user)) file(this.byKey, key, user);
			for (const key of addressesOf(user, false)) file(this.byUnverified, key, user);
		}
	}

	/** @param value - as `normal` gives it */
	named(value: string): ClerkRecord[] {
		const verified = this.byKey.get(value) ?? [];
		const isOpen = this.takesUnverified && this.by === 'emailAddress';
		return verified.length > 0 || !isOpen ? verified : (this.byUnverified.get(value) ?? []);
	}

	get(id: string): ClerkRecord | undefined {
		return this.byId.get(id);
	}

	/** What is known of verified addresses is enough; another may have the same one verified. */
	has(value: string): boolean {
		return this.byKey.has(value);
	}

	/** What none or several users have. @throws InvalidInputError */
	refuse(value: string, label: string): never {
		const those = this.named(value);
		const isOpen = this.takesUnverified && this.by === 'emailAddress';
		const described = isOpen ? 'e-mail address' : WAYS[this.by].described;
		const named = `${described} ${JSON.stringify(value)}`;
		throw new InvalidInputError(
			label,
			those.length === 0
				? `was not found: there is no user with the ${named}`
				: `is not clear: ${those.length} users have the ${named}: ${those.map(({ id }) => String(id)).join(', ')}`,
		);
	}
}

function file(index: Map<string, ClerkRecord[]>, key: string, user: ClerkRecord): void {
	const filed = index.get(key);
	if (filed) filed.push(user);
	else index.set(key, [user]);
}

export interface Search {
	by: MatchBy;
	/** As `normal` gives them. */
	values: string[];
	takesUnverified: boolean;
	organizations: OrganizationState[];
	/** Organizations whose users are read in any case, by id. */
	readWhole: ReadonlySet<string>;
}

/**
 * The users whom values name. The users of an organization come five hundred a page and values a
 * hundred a call, so that whichever is fewer calls is asked.
 */
export async function findUsers(
	{ by, values, takesUnverified, organizations, readWhole }: Search,
	{ send, forEachConcurrently }: Asking,
): Promise<Users> {
	const users = new Users(by, takesUnverified);
	const distinct = [...new Set(values)];
	const pagesOf = ({ members }: OrganizationState) =>
		Math.ceil(members.length / usersPaging.pageSize);
	const pagesOfAll = organizations.reduce((sum, organization) => sum + pagesOf(organization), 0);
	const isCheaper = by !== 'userId' && pagesOfAll < Math.ceil(distinct.length / MAX_FILTER_VALUES);
	const read = organizations.filter(({ id }) => isCheaper || readWhole.has(id));
	await forEachConcurrently(read, async ({ id }) => {
		users.add(await readAll(send, '/users', usersPaging, { organization_id: [`+${id}`] }));
	});
	// Who is a member needs no reading, but where a directory may be in charge of them.
	const known = by === 'userId' && readWhole.size === 0 ? organizations : [];
	const members = known.flatMap((one) =>
		one.members.map(({ userId: id, isActive }) => ({ id, banned: !isActive })),
	);
	const memberIds = new Set(members.map(({ id }) => id));
	const open = distinct.filter((value) => !users.has(value) && !memberIds.has(value));
	const { filter, prefix } = WAYS[by];
	await forEachConcurrently(chunks(open, MAX_FILTER_VALUES), async (some) => {
		const query = { [filter]: some.map((value) => prefix + value), limit: usersPaging.pageSize };
		users.add(normalizeListResponse(await send({ method: 'GET', path: '/users', query })).rows);
	});
	users.add(members);
	return users;
}
