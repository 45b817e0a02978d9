import { isNotFound } from '../../engine/http/outcome';
import { readList } from '../../engine/http/readList';
import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, QueryValue, Send } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';
import { fillPath } from '../../engine/request/buildRequest';
import { orderedPaging } from '../../fields/paging';
import { readRoles } from '../shared/admins';
import { isDeprovisioned, readDirectories } from '../shared/directories';
import type { Directory } from '../shared/directories';
import { personOfMember } from '../shared/people';
import type { ReadContext } from '../shared/readAll';
import type {
	Member,
	OrganizationState,
	PendingInvitation,
	SyncItem,
	SyncMatchBy,
	SyncOptions,
} from './model';
import { findUsers, readMatchValue } from './users';
import type { UserIndex } from './users';

type OrganizationKeys = Pick<OrganizationState, 'id' | 'slug'>;

/** Result of the reading. */
export interface SyncData {
	/** By ID or slug, as the items name them; without those that do not exist. */
	organizations: Map<string, OrganizationKeys>;
	/** Each organization once. */
	states: OrganizationState[];
	/** Undefined if the instance's plan has no custom roles. */
	roles?: ClerkRecord[];
	users: UserIndex;
	directories: Directory[];
}

/** Reads what a sync needs. @throws RequestError, CancelledError */
export async function readSyncData(
	items: SyncItem[],
	options: SyncOptions,
	context: ReadContext,
): Promise<SyncData> {
	const { matchBy, inviteMissing, revokeInvitations, matchUnverified } = options;
	const { send, forEachConcurrently } = context;
	const roles = await readRoles(send);
	const names = new Set([
		...items.map(({ organization }) => organization),
		...options.organizations,
	]);
	const organizations = await readOrganizations([...names], context);
	// By ID, as one item may name an organization by ID and another by slug.
	const distinct = new Map([...organizations.values()].map((one) => [one.id, one]));
	const order = [...new Set([...names].flatMap((name) => organizations.get(name)?.id ?? []))];
	const directories = await readDirectories(send);
	const stateOf = new Map<string, OrganizationState>();
	const withInvitations = inviteMissing || revokeInvitations;
	await forEachConcurrently(order, async (id) => {
		stateOf.set(id, await readOrganizationState(distinct.get(id)!, withInvitations, send));
	});
	const states = order.map((id) => stateOf.get(id)!);
	const isManaged = (id: string) => directories.some((directory) => isInCharge(directory, id));
	const users = await findUsers(
		{
			by: matchBy,
			values: items.flatMap(({ value }) => tryReadMatchValue(matchBy, value) ?? []),
			matchUnverified,
			organizations: states,
			readWhole: new Set(order.filter(isManaged)),
		},
		context,
	);
	return { organizations, states, roles, users, directories };
}

/** Returns undefined for an invalid value: `matchItems` reports it, with the errors of the other items. */
function tryReadMatchValue(by: SyncMatchBy, value: string): string | undefined {
	try {
		return readMatchValue(by, value);
	} catch (error) {
		if (error instanceof InvalidInputError) return undefined;
		throw error as Error;
	}
}

/** Whether a directory may manage members of an organization: one of none may manage those of any. */
export const isInCharge = (directory: Directory, organizationId: string): boolean =>
	directory.organizationId === null || directory.organizationId === organizationId;

async function readOrganizations(
	names: string[],
	{ send, forEachConcurrently }: ReadContext,
): Promise<Map<string, OrganizationKeys>> {
	const found = new Map<string, OrganizationKeys>();
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

async function readOrganizationState(
	organization: OrganizationKeys,
	withInvitations: boolean,
	send: Send,
): Promise<OrganizationState> {
	const path = fillPath('/organizations/{id}', organization);
	const members = await readComplete(send, `${path}/memberships`, { order_by: '+created_at' });
	const invitations = withInvitations
		? await readComplete(send, `${path}/invitations`, {
				order_by: '+created_at',
				status: 'pending',
			})
		: [];
	return {
		...organization,
		members: members.flatMap(toMember),
		invitations: invitations.map(toInvitation),
	};
}

const MAX_READS = 3;

/** Reads a list; again, up to three times, if rows are missing, since not every list can be read so that none is. */
async function readComplete(
	send: Send,
	path: string,
	query: Record<string, QueryValue>,
): Promise<ClerkRecord[]> {
	for (let reads = 1; ; reads++) {
		const request = { method: 'GET' as const, path, query };
		const { rows, total } = await readList(send, request, orderedPaging, (row) => row);
		if (rows.length >= (total ?? 0) || reads === MAX_READS) return rows;
	}
}

const toObject = (value: unknown): ClerkRecord => (isObject(value) ? value : {});

/** Returns nothing for a membership without a user. */
function toMember(membership: ClerkRecord): Member[] {
	const user = toObject(membership.public_user_data);
	const { user_id: userId, identifier, banned } = user;
	if (typeof userId !== 'string') return [];
	return [
		{
			userId,
			...personOfMember(user),
			identifier: typeof identifier === 'string' ? identifier.toLowerCase() : null,
			role: String(membership.role),
			isActive: banned !== true && !isDeprovisioned(user),
			isDeprovisioned: isDeprovisioned(user),
			publicMetadata: toObject(membership.public_metadata),
			privateMetadata: toObject(membership.private_metadata),
			since: Number(membership.created_at ?? 0),
		},
	];
}

const toInvitation = (invitation: ClerkRecord): PendingInvitation => ({
	id: String(invitation.id),
	emailAddress: String(invitation.email_address).toLowerCase(),
	role: String(invitation.role),
	privateMetadata: toObject(invitation.private_metadata),
});
