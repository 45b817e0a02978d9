import { normalizeListResponse } from '../../engine/http/pagination';
import { readEntry } from '../../engine/input/kinds';
import type { ValueKind } from '../../engine/input/kinds';
import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { chunks } from '../../engine/operation/values';
import { MAX_FILTER_VALUES } from '../../engine/request/longLists';
import { USER_ID } from '../../fields/ids';
import { matchLabel } from '../../fields/matchBy';
import { usersPaging } from '../../fields/paging';
import { readAll } from '../shared/readAll';
import type { ReadContext } from '../shared/readAll';
import type { OrganizationState, SyncMatchBy } from './model';

interface Matching {
	kind: ValueKind;
	/** Query parameter. */
	filter: string;
	/** Of each value: `+`, so that a value that begins with a minus sign does not exclude its user. */
	prefix: string;
	/** Name of the value in messages. */
	noun: string;
	/** Returns a user's values, normalized. */
	valuesOf(user: ClerkRecord): string[];
}

const MATCHING: Record<SyncMatchBy, Matching> = {
	emailAddress: {
		kind: 'emailAddress',
		filter: 'email_address',
		prefix: '',
		noun: 'verified email address',
		valuesOf: (user) => addressesOf(user, true),
	},
	externalId: {
		kind: 'externalId',
		filter: 'external_id',
		prefix: '+',
		noun: 'external ID',
		valuesOf: ({ external_id: id }) => (typeof id === 'string' ? [id] : []),
	},
	userId: {
		kind: USER_ID,
		filter: 'user_id',
		prefix: '+',
		noun: 'ID',
		valuesOf: ({ id }) => [String(id)],
	},
};

function addressesOf(user: ClerkRecord, isVerified: boolean): string[] {
	const entries = (user.email_addresses ?? []) as ClerkRecord[];
	return entries
		.filter(
			({ verification }) =>
				((verification as ClerkRecord | null | undefined)?.status === 'verified') === isVerified,
		)
		.map(({ email_address: address }) => String(address).toLowerCase());
}

/** Returns a value in the spelling in which Clerk keeps it. @throws InvalidInputError */
export const readMatchValue = (by: SyncMatchBy, value: string): string =>
	readEntry(MATCHING[by].kind, value, matchLabel(by));

/** Users by the normalized values that they can be matched by; several users may have one value. */
export class UserIndex {
	private readonly byValue = new Map<string, ClerkRecord[]>();

	private readonly byUnverified = new Map<string, ClerkRecord[]>();

	private readonly byId = new Map<string, ClerkRecord>();

	private readonly takesUnverified: boolean;

	constructor(
		private readonly by: SyncMatchBy,
		matchUnverified: boolean,
	) {
		this.takesUnverified = matchUnverified && by === 'emailAddress';
	}

	/** Adds users; one that was added before is ignored. */
	add(users: ClerkRecord[]): void {
		for (const user of users) {
			const id = String(user.id);
			if (this.byId.has(id)) continue;
			this.byId.set(id, user);
			for (const value of MATCHING[this.by].valuesOf(user)) append(this.byValue, value, user);
			for (const address of addressesOf(user, false)) append(this.byUnverified, address, user);
		}
	}

	/** Returns the users with a value; users with an unverified address only if none has it verified. */
	matching(value: string): ClerkRecord[] {
		const verified = this.byValue.get(value) ?? [];
		if (verified.length > 0 || !this.takesUnverified) return verified;
		return this.byUnverified.get(value) ?? [];
	}

	get(id: string): ClerkRecord | undefined {
		return this.byId.get(id);
	}

	/** Whether a user has the value; an unverified address does not count, as another may have it verified. */
	has(value: string): boolean {
		return this.byValue.has(value);
	}

	private get wayOut(): string {
		if (this.by !== 'emailAddress') return '';
		return ". Turn on Options → 'Invite Missing' to invite it, or remove the item";
	}

	/** Returns the error for a value that no user, or more than one, has. */
	mismatchError(value: string): InvalidInputError {
		const users = this.matching(value);
		const noun = this.takesUnverified ? 'email address' : MATCHING[this.by].noun;
		const named = `${noun} ${JSON.stringify(value)}`;
		return new InvalidInputError(
			matchLabel(this.by),
			users.length === 0
				? `was not found: there is no user with the ${named}${this.wayOut}`
				: `is not clear: ${users.length} users have the ${named}: ${users.map(({ id }) => String(id)).join(', ')}`,
		);
	}
}

function append(index: Map<string, ClerkRecord[]>, key: string, user: ClerkRecord): void {
	const users = index.get(key);
	if (users) users.push(user);
	else index.set(key, [user]);
}

export interface UserSearch {
	by: SyncMatchBy;
	/** Normalized. */
	values: string[];
	matchUnverified: boolean;
	organizations: OrganizationState[];
	/** IDs of organizations whose users are read in any case. */
	readWhole: ReadonlySet<string>;
}

/**
 * Finds users by values. A page holds 500 users of an organization, and a filter takes 100 values, so
 * whichever takes fewer requests is read.
 *
 * @throws RequestError, CancelledError
 */
export async function findUsers(
	{ by, values, matchUnverified, organizations, readWhole }: UserSearch,
	{ send, forEachConcurrently }: ReadContext,
): Promise<UserIndex> {
	const users = new UserIndex(by, matchUnverified);
	const distinct = [...new Set(values)];
	const pagesOf = ({ members }: OrganizationState) =>
		Math.ceil(members.length / usersPaging.pageSize);
	const pageCount = organizations.reduce((sum, organization) => sum + pagesOf(organization), 0);
	const isCheaper = by !== 'userId' && pageCount < Math.ceil(distinct.length / MAX_FILTER_VALUES);
	const whole = organizations.filter(({ id }) => isCheaper || readWhole.has(id));
	await forEachConcurrently(whole, async ({ id }) => {
		users.add(await readAll(send, '/users', usersPaging, { organization_id: [`+${id}`] }));
	});
	// A member's ID and ban are known from the membership, unless a directory may manage the user.
	const known = by === 'userId' && readWhole.size === 0 ? organizations : [];
	const members = known.flatMap((one) =>
		one.members.map(({ userId: id, isActive, name, emailAddress }) => ({
			id,
			banned: !isActive,
			first_name: name,
			email_addresses: emailAddress === null ? [] : [{ email_address: emailAddress }],
		})),
	);
	const memberIds = new Set(members.map(({ id }) => id));
	const unknown = distinct.filter((value) => !users.has(value) && !memberIds.has(value));
	const { filter, prefix } = MATCHING[by];
	await forEachConcurrently(chunks(unknown, MAX_FILTER_VALUES), async (chunk) => {
		const query = { [filter]: chunk.map((value) => prefix + value), limit: usersPaging.pageSize };
		users.add(normalizeListResponse(await send({ method: 'GET', path: '/users', query })).rows);
	});
	users.add(members);
	return users;
}
