import type { ClerkRecord, Send } from '../engine/operation';
import { RequestFailed } from '../engine/outcome';
import { fillPath } from '../engine/request';
import { dataPaging } from '../fields/paging';
import { readAll } from './reading';

/**
 * Directory Sync (SCIM). Where it is on, it alone says who the users of its enterprise connection are
 * and which roles they have: what a job changed of them, it would change back.
 */
export interface Directory {
	id: string;
	name: string;
	connectionId: string;
	/** Whose members the connection's users become; null where it belongs to no organization. */
	organizationId: string | null;
	/** In lower case. */
	domains: string[];
}

/** The directories that are on. None where the instance's plan, or its key, does not show any. */
export async function readDirectories(send: Send): Promise<Directory[]> {
	const rows = await readAll(send, '/directories', dataPaging).catch(unlessClosed);
	const found: Directory[] = [];
	for (const { id, name, enabled, enterprise_connection_id: connectionId } of rows) {
		if (enabled !== true || typeof connectionId !== 'string') continue;
		const path = fillPath('/enterprise_connections/{id}', { id: connectionId });
		const connection = (await send({ method: 'GET', path })) as ClerkRecord;
		found.push({
			id: String(id),
			name: String(name || id),
			connectionId,
			organizationId: (connection.organization_id as string | null | undefined) || null,
			domains: ((connection.domains ?? []) as unknown[]).map((one) => String(one).toLowerCase()),
		});
	}
	return found;
}

/** Not part of the plan, not for this key, or not there at all. */
const CLOSED = [402, 403, 404];

function unlessClosed(error: unknown): ClerkRecord[] {
	const { failure } = error instanceof RequestFailed ? error : { failure: undefined };
	if (failure?.kind === 'answered' && CLOSED.includes(failure.status)) return [];
	throw error as Error;
}

/** The directory that a user comes from, as far as the user's record shows it. */
export const directoryOf = (user: ClerkRecord, directories: Directory[]): Directory | undefined =>
	directories.find((directory) => isFrom(user, directory));

function isFrom(user: ClerkRecord, { id, connectionId, domains }: Directory): boolean {
	const accounts = (user.enterprise_accounts ?? []) as ClerkRecord[];
	if (accounts.some((account) => connectionOf(account) === connectionId)) return true;
	if ((user.scim as ClerkRecord | null | undefined)?.directory_id === id) return true;
	// Who was sent by the directory, and has not signed in yet, has an address that it vouches for.
	return ((user.email_addresses ?? []) as ClerkRecord[]).some(
		({ email_address: address, verification }) =>
			(verification as ClerkRecord | null)?.strategy === 'scim' &&
			domains.includes(domainOf(String(address))),
	);
}

/** An account names its connection, or holds it. */
const connectionOf = (account: ClerkRecord): unknown =>
	account.enterprise_connection_id ??
	(account.enterprise_connection as ClerkRecord | null | undefined)?.id;

/** The directory that people with an address of this domain come from. */
export const directoryFor = (address: string, directories: Directory[]): Directory | undefined =>
	directories.find(({ domains }) => domains.includes(domainOf(address)));

const domainOf = (address: string): string =>
	address.slice(address.lastIndexOf('@') + 1).toLowerCase();
