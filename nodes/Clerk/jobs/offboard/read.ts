import { isUnavailable, isNotFound } from '../../engine/http/outcome';
import { normalizeListResponse } from '../../engine/http/pagination';
import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, OperationContext, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { describeError } from '../../engine/run/errors';
import { LookupError } from '../../engine/run/resolve';
import { apiKeysPaging, dataPaging, paginatedPaging } from '../../fields/paging';
import { readAdminRoles, readAdmins } from '../shared/admins';
import { directoryOf, readDirectories } from '../shared/directories';
import { noneIfOff } from '../shared/organizations';
import { readAll } from '../shared/readAll';
import type { Leaver, Membership, Wish } from './plan';
import { readOpenSessions } from './sessions';

/** What there is of a user who leaves, as far as it is asked for. */

export type Belonging = 'apiKeys' | 'invitations' | 'organizationInvitations' | 'sessions';

/** @throws InvalidInputError where the heir cannot take over */
export async function readLeaver(
	id: string,
	wish: Wish,
	revoked: Belonging[],
	tools: Pick<OperationContext, 'send' | 'forEachConcurrently'>,
): Promise<Leaver> {
	const { send } = tools;
	const user = await readUser(id, send);
	if (wish.heirId !== undefined) refuseHeir(await readHeir(wish.heirId, send));
	const addresses = verifiedAddresses(user);
	const read = async <T>(what: Belonging, reading: () => Promise<T[]>): Promise<T[]> =>
		revoked.includes(what) ? await reading() : [];
	const isLeaving = wish.organizations !== 'none' || wish.measure !== 'nothing';
	return {
		id,
		banned: user.banned === true,
		locked: user.locked === true,
		directory: isFromOutside(user) ? directoryOf(user, await readDirectories(send)) : undefined,
		sessions: await read('sessions', async () => await readOpenSessions(send, id)),
		memberships: isLeaving ? await readMemberships(id, wish, tools) : [],
		organizationInvitations: await read('organizationInvitations', async () =>
			(await readOrganizationInvitations(id, send)).filter((one) => isTo(one, addresses)),
		),
		invitations: await read('invitations', async () => await readInvitations(addresses, send)),
		apiKeys: revoked.includes('apiKeys') ? await readApiKeys(id, send) : [],
	};
}

const readUser = async (id: string, send: Send): Promise<ClerkRecord> =>
	(await send({ method: 'GET', path: fillPath('/users/{id}', { id }) })) as ClerkRecord;

/** An heir who is missing says nothing about the one who leaves. */
const readHeir = async (id: string, send: Send): Promise<ClerkRecord> =>
	await readUser(id, send).catch((error: unknown) => {
		if (!isNotFound(error)) throw error as Error;
		const complaint = `was not found: there is no user with the ID ${id}`;
		throw new LookupError('Hand Over To', complaint, false);
	});

function refuseHeir({ banned, locked, deprovisioned }: ClerkRecord): void {
	if (banned !== true && locked !== true && deprovisioned !== true) return;
	throw new InvalidInputError('Hand Over To', 'cannot sign in: the user is banned or locked');
}

/** Most users come from no directory, and nobody has to be asked about them. */
const isFromOutside = ({ enterprise_accounts: accounts, scim, ...user }: ClerkRecord): boolean =>
	((accounts ?? []) as unknown[]).length > 0 ||
	(scim !== undefined && scim !== null) ||
	((user.email_addresses ?? []) as ClerkRecord[]).some(
		({ verification }) => (verification as ClerkRecord | null)?.strategy === 'scim',
	);

/** Whoever typed in an address does not have the invitations to it. */
const verifiedAddresses = ({ email_addresses: entries }: ClerkRecord): string[] =>
	((entries ?? []) as ClerkRecord[])
		.filter(({ verification }) => (verification as ClerkRecord | null)?.status === 'verified')
		.map(({ email_address: address }) => String(address).toLowerCase());

const isTo = ({ email_address: address }: ClerkRecord, addresses: string[]): boolean =>
	addresses.includes(String(address).toLowerCase());

async function readMemberships(
	id: string,
	{ heirId }: Wish,
	{ send, forEachConcurrently }: Pick<OperationContext, 'send' | 'forEachConcurrently'>,
): Promise<Membership[]> {
	const path = fillPath('/users/{id}/organization_memberships', { id });
	const rows = await readAll(send, path, dataPaging).catch(noneIfOff);
	if (rows.length === 0) return [];
	const roles = await readAdminRoles(send);
	const found: Membership[] = rows.map(({ organization, role }) => {
		const { id: organizationId, slug, name } = organization as ClerkRecord;
		return {
			organizationId: String(organizationId),
			slug: String(slug ?? ''),
			name: String(name || organizationId),
			role: String(role),
			admins: new Set<string>(),
		};
	});
	await forEachConcurrently([...found.keys()], async (at) => {
		const { organizationId, role } = found[at];
		if (!roles.has(role)) return;
		// Also who is banned: otherwise the second run would find that nobody runs it any more.
		const admins = new Set([...(await readAdmins(send, organizationId, roles)), id]);
		const heirRole = heirId === undefined ? undefined : await roleOf(heirId, organizationId, send);
		found[at] = { ...found[at], admins, heirRole };
	});
	return found;
}

async function roleOf(
	userId: string,
	organizationId: string,
	send: Send,
): Promise<string | undefined> {
	const path = fillPath('/organizations/{organizationId}/memberships', { organizationId });
	const query = { user_id: [`+${userId}`], limit: 1 };
	const { rows } = normalizeListResponse(await send({ method: 'GET', path, query }));
	const found = rows.find(
		({ public_user_data: member }) => (member as ClerkRecord | null)?.user_id === userId,
	);
	return found && String(found.role);
}

const readOrganizationInvitations = async (id: string, send: Send): Promise<ClerkRecord[]> =>
	await readAll(send, fillPath('/users/{id}/organization_invitations', { id }), dataPaging, {
		status: 'pending',
	}).catch(noneIfOff);

/** The API searches for a part of an address. */
async function readInvitations(addresses: string[], send: Send): Promise<ClerkRecord[]> {
	const found = new Map<unknown, ClerkRecord>();
	for (const address of addresses) {
		const query = { status: 'pending', query: address };
		for (const row of await readAll(send, '/invitations', paginatedPaging, query)) {
			if (isTo(row, addresses)) found.set(row.id, row);
		}
	}
	return [...found.values()];
}

const readApiKeys = async (id: string, send: Send): Promise<ClerkRecord[] | string> =>
	await readAll(send, '/api_keys', apiKeysPaging, { subject: id }).catch((error: unknown) => {
		if (!isUnavailable(error)) throw error as Error;
		return `Clerk does not list them: ${describeError(error)}`;
	});
