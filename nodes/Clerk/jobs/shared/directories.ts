import { isUnavailable } from '../../engine/http/outcome';
import type { ClerkRecord, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { describeError } from '../../engine/run/errors';
import { dataPaging } from '../../fields/paging';
import { readAll } from './readAll';

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

/**
 * The directories that are on. None where Clerk says that it does not show any, as it does by plan and key.
 *
 * @param onClosed - told in a few words what Clerk said
 * @throws RequestError where anything else comes in between: without them a job does what they undo
 */
export async function readDirectories(
	send: Send,
	onClosed: (notice: string) => void = () => undefined,
): Promise<Directory[]> {
	const rows = await readAll(send, '/directories', dataPaging).catch((error: unknown) => {
		if (!isUnavailable(error)) throw error as Error;
		onClosed(`the directories (Directory Sync) were not looked at: ${describeError(error)}`);
		return [];
	});
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

/** Of an e-mail address; in lower case. */
export const domainOf = (address: string): string =>
	address.slice(address.lastIndexOf('@') + 1).toLowerCase();
