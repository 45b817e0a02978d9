import { isUnavailable } from '../../engine/http/outcome';
import type { ClerkRecord, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { describeError } from '../../engine/run/errors';
import { dataPaging } from '../../fields/paging';
import { readAll } from './readAll';

/**
 * A directory that is turned on (Directory Sync, SCIM). It is the only source of its connection's users
 * and their roles, and would undo what a job changed of them
 * (https://clerk.com/docs/guides/configure/auth-strategies/enterprise-connections/directory-sync).
 */
export interface Directory {
	id: string;
	name: string;
	connectionId: string;
	/** The organization that the connection's users become members of; null if it belongs to none. */
	organizationId: string | null;
	/** In lower case. */
	domains: string[];
}

/**
 * Returns the directories that are turned on; none if Clerk does not show them for this plan or key.
 *
 * @param onHidden - receives a notice for the report if Clerk does not show them
 * @throws RequestError for any other failure: the job would change users of a directory
 */
export async function readDirectories(
	send: Send,
	onHidden: (notice: string) => void = () => undefined,
): Promise<Directory[]> {
	const rows = await readAll(send, '/directories', dataPaging).catch((error: unknown) => {
		if (!isUnavailable(error)) throw error as Error;
		onHidden(`the directories (Directory Sync) were not checked: ${describeError(error)}`);
		return [];
	});
	const directories: Directory[] = [];
	for (const { id, name, enabled, enterprise_connection_id: connectionId } of rows) {
		if (enabled !== true || typeof connectionId !== 'string') continue;
		const path = fillPath('/enterprise_connections/{id}', { id: connectionId });
		const connection = (await send({ method: 'GET', path })) as ClerkRecord;
		directories.push({
			id: String(id),
			name: String(name || id),
			connectionId,
			organizationId: (connection.organization_id as string | null | undefined) || null,
			domains: ((connection.domains ?? []) as unknown[]).map((one) => String(one).toLowerCase()),
		});
	}
	return directories;
}

/**
 * Whether a directory has deprovisioned the user: it keeps the user from signing in, without a ban, and
 * only the directory can end that. The user's record may no longer show the directory.
 */
export const isDeprovisioned = ({ deprovisioned }: ClerkRecord): boolean => deprovisioned === true;

/** Returns the directory that manages a user, as far as the user's record shows it. */
export const directoryOfUser = (
	user: ClerkRecord,
	directories: Directory[],
): Directory | undefined => directories.find((directory) => isManagedBy(user, directory));

function isManagedBy(user: ClerkRecord, { id, connectionId, domains }: Directory): boolean {
	const accounts = (user.enterprise_accounts ?? []) as ClerkRecord[];
	if (accounts.some((account) => connectionIdOf(account) === connectionId)) return true;
	if ((user.scim as ClerkRecord | null | undefined)?.directory_id === id) return true;
	// Before the first sign-in, a user of a directory has only an address that it verified.
	return ((user.email_addresses ?? []) as ClerkRecord[]).some(
		({ email_address: address, verification }) =>
			(verification as ClerkRecord | null)?.strategy === 'scim' &&
			domains.includes(domainOf(String(address))),
	);
}

/** An enterprise account has the ID of its connection, or the connection itself. */
const connectionIdOf = (account: ClerkRecord): unknown =>
	account.enterprise_connection_id ??
	(account.enterprise_connection as ClerkRecord | null | undefined)?.id;

/** Returns the directory that manages the users with an email address of this domain. */
export const directoryOfAddress = (
	address: string,
	directories: Directory[],
): Directory | undefined => directories.find(({ domains }) => domains.includes(domainOf(address)));

/** Returns the domain of an email address, in lower case. */
export const domainOf = (address: string): string =>
	address.slice(address.lastIndexOf('@') + 1).toLowerCase();
