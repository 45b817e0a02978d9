import { isNotFound, isUnavailable } from '../../engine/http/outcome';
import { normalizeListResponse } from '../../engine/http/pagination';
import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { describeError } from '../../engine/run/errors';
import { LookupError } from '../../engine/run/resolve';
import { apiKeysPaging, dataPaging, paginatedOrderedPaging } from '../../fields/paging';
import { readAdminRoles, readAdmins } from '../shared/admins';
import { directoryOfUser, isDeprovisioned, readDirectories } from '../shared/directories';
import { noneIfTurnedOff } from '../shared/organizations';
import { personOf } from '../shared/people';
import { readAll } from '../shared/readAll';
import type { ReadContext } from '../shared/readAll';
import { readOpenSessions } from '../shared/sessions';
import type { Leaver, Membership, OffboardOptions } from './plan';

export type Revocable = 'apiKeys' | 'invitations' | 'organizationInvitations' | 'sessions';

/**
 * Reads the data of a user who leaves, except the kinds that the options leave alone.
 *
 * @throws InvalidInputError if the heir cannot take over; RequestError, CancelledError
 */
export async function readLeaver(
	id: string,
	options: OffboardOptions,
	revoked: Revocable[],
	context: ReadContext,
): Promise<Leaver> {
	const { send } = context;
	const user = await readUser(id, send);
	if (options.heirId !== undefined) rejectBlockedHeir(await readHeir(options.heirId, send));
	const addresses = verifiedAddresses(user);
	const readIf = async <T>(kind: Revocable, read: () => Promise<T[]>): Promise<T[]> =>
		revoked.includes(kind) ? await read() : [];
	const needsMemberships = options.organizations !== 'none' || options.accountAction !== 'nothing';
	return {
		id,
		...personOf(user),
		banned: user.banned === true,
		locked: user.locked === true,
		directory: await readDirectoryOf(user, send),
		sessions: await readIf('sessions', async () => await readOpenSessions(send, id)),
		memberships: needsMemberships ? await readMemberships(id, options, context) : [],
		organizationInvitations: await readIf('organizationInvitations', async () =>
			(await readOrganizationInvitations(id, send)).filter((one) => isSentTo(one, addresses)),
		),
		invitations: await readIf('invitations', async () => await readInvitations(addresses, send)),
		apiKeys: revoked.includes('apiKeys') ? await readApiKeys(id, send) : [],
	};
}

const readUser = async (id: string, send: Send): Promise<ClerkRecord> =>
	(await send({ method: 'GET', path: fillPath('/users/{id}', { id }) })) as ClerkRecord;

/** A 404 for the heir gets an error of its own, so that If Not Found does not apply to the item. */
const readHeir = async (id: string, send: Send): Promise<ClerkRecord> =>
	await readUser(id, send).catch((error: unknown) => {
		if (!isNotFound(error)) throw error as Error;
		const reason = `was not found: there is no user with the ID ${id}`;
		throw new LookupError('Hand Over To', reason, false);
	});

function rejectBlockedHeir(heir: ClerkRecord): void {
	const isBlocked = heir.banned === true || heir.locked === true;
	if (!isBlocked && !isDeprovisioned(heir)) return;
	const why = isBlocked ? 'the user is banned or locked' : 'a directory deprovisioned the user';
	throw new InvalidInputError('Hand Over To', `cannot sign in: ${why}`);
}

/** Returns the directory that manages the user, which a deprovisioned user's record may not show. */
async function readDirectoryOf(user: ClerkRecord, send: Send): Promise<Leaver['directory']> {
	const directory = mayBeManaged(user)
		? directoryOfUser(user, await readDirectories(send))
		: undefined;
	const unknown = { name: 'unknown directory', organizationId: null };
	return directory ?? (isDeprovisioned(user) ? unknown : undefined);
}

/** Whether a directory may manage the user; for all others, reading the directories is not needed. */
const mayBeManaged = ({ enterprise_accounts: accounts, scim, ...user }: ClerkRecord): boolean =>
	((accounts ?? []) as unknown[]).length > 0 ||
	(scim !== undefined && scim !== null) ||
	((user.email_addresses ?? []) as ClerkRecord[]).some(
		({ verification }) => (verification as ClerkRecord | null)?.strategy === 'scim',
	);

/** In lower case. An unverified address may belong to someone else, and so may the invitations to it. */
const verifiedAddresses = ({ email_addresses: entries }: ClerkRecord): string[] =>
	((entries ?? []) as ClerkRecord[])
		.filter(({ verification }) => (verification as ClerkRecord | null)?.status === 'verified')
		.map(({ email_address: address }) => String(address).toLowerCase());

const isSentTo = ({ email_address: address }: ClerkRecord, addresses: string[]): boolean =>
	addresses.includes(String(address).toLowerCase());

async function readMemberships(
	id: string,
	{ heirId }: OffboardOptions,
	{ send, forEachConcurrently }: ReadContext,
): Promise<Membership[]> {
	const path = fillPath('/users/{id}/organization_memberships', { id });
	const rows = await readAll(send, path, dataPaging).catch(noneIfTurnedOff);
	if (rows.length === 0) return [];
	const adminRoles = await readAdminRoles(send);
	const memberships: Membership[] = rows.map(({ organization, role }) => {
		const { id: organizationId, slug, name } = organization as ClerkRecord;
		return {
			organizationId: String(organizationId),
			slug: String(slug ?? ''),
			name: String(name || organizationId),
			role: String(role),
			admins: new Set<string>(),
		};
	});
	await forEachConcurrently([...memberships.keys()], async (index) => {
		const { organizationId, role } = memberships[index];
		if (!adminRoles.has(role)) return;
		// With the user, even if banned: after a first run that banned the last admin, a second one
		// would find an organization without admins, and remove the user.
		const admins = new Set([...(await readAdmins(send, organizationId, adminRoles)), id]);
		const heirRole =
			heirId === undefined ? undefined : await readRole(heirId, organizationId, send);
		memberships[index] = { ...memberships[index], admins, heirRole };
	});
	return memberships;
}

async function readRole(
	userId: string,
	organizationId: string,
	send: Send,
): Promise<string | undefined> {
	const path = fillPath('/organizations/{organizationId}/memberships', { organizationId });
	const query = { user_id: [`+${userId}`], limit: 1 };
	const { rows } = normalizeListResponse(await send({ method: 'GET', path, query }));
	const membership = rows.find(
		({ public_user_data: member }) => (member as ClerkRecord | null)?.user_id === userId,
	);
	return membership && String(membership.role);
}

const readOrganizationInvitations = async (id: string, send: Send): Promise<ClerkRecord[]> =>
	await readAll(send, fillPath('/users/{id}/organization_invitations', { id }), dataPaging, {
		status: 'pending',
	}).catch(noneIfTurnedOff);

/** Compares the addresses, because `query` finds parts of an address too. */
async function readInvitations(addresses: string[], send: Send): Promise<ClerkRecord[]> {
	const found = new Map<unknown, ClerkRecord>();
	for (const address of addresses) {
		const query = { status: 'pending', query: address };
		for (const row of await readAll(send, '/invitations', paginatedOrderedPaging, query)) {
			if (isSentTo(row, addresses)) found.set(row.id, row);
		}
	}
	return [...found.values()];
}

/** Returns the reason instead if Clerk does not list API keys for this plan or key. */
const readApiKeys = async (id: string, send: Send): Promise<ClerkRecord[] | string> =>
	await readAll(send, '/api_keys', apiKeysPaging, { subject: id }).catch((error: unknown) => {
		if (!isUnavailable(error)) throw error as Error;
		return `Clerk does not list them: ${describeError(error)}`;
	});
