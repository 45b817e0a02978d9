import { hasCode } from '../../engine/http/outcome';
import { normalizeListResponse } from '../../engine/http/pagination';
import type { ClerkRecord, Send } from '../../engine/operation';
import { chunks } from '../../engine/operation/values';
import { fillPath } from '../../engine/request/buildRequest';
import { MAX_FILTER_VALUES } from '../../engine/request/longLists';
import { orderedPaging, usersPaging } from '../../fields/paging';
import { readAdminRoles, readAdmins } from './admins';
import { readAll, readPage as readUsersPage } from './readAll';
import type { ReadContext } from './readAll';

/** The organizations of users, read for as many users per request as a filter takes. */

const ORGANIZATIONS = '/organizations';

/** The code of Clerk's errors where organizations are turned off for the instance. */
export const TURNED_OFF = 'organization_not_enabled_in_instance';

export interface Organization {
	id: string;
	name: string;
	/** IDs of its admins. */
	admins: Set<string>;
}

/**
 * Returns the `organization_id` filter that leaves out the members of all organizations; empty if there
 * are more organizations than a filter takes.
 *
 * @throws RequestError
 */
export async function outsideAllOrganizations(send: Send): Promise<string[]> {
	const { rows, total = rows.length } = await readPage({ limit: MAX_FILTER_VALUES }, send);
	return total <= rows.length ? rows.map(({ id }) => `-${String(id)}`) : [];
}

/**
 * Returns the IDs of the users who are members of an organization. Reads a user's memberships only if
 * the request for a whole chunk finds an organization.
 *
 * @throws RequestError, CancelledError
 */
export async function membersAmong(ids: string[], context: ReadContext): Promise<Set<string>> {
	const { send, forEachConcurrently } = context;
	const candidates: string[] = [];
	await forEachConcurrently(chunks(ids, MAX_FILTER_VALUES), async (chunk) => {
		const { rows } = await readPage({ user_id: chunk, limit: 1 }, send);
		if (rows.length > 0) candidates.push(...chunk);
	});
	const members = new Set<string>();
	await forEachConcurrently(candidates, async (id) => {
		const path = fillPath('/users/{id}/organization_memberships', { id });
		const { rows } = normalizeListResponse(
			await send({ method: 'GET', path, query: { limit: 1 } }),
		);
		if (rows.length > 0) members.add(id);
	});
	return members;
}

/** Returns the organizations of the users, with all their admins. @throws RequestError, CancelledError */
export async function readOrganizationsOf(
	ids: string[],
	context: ReadContext,
): Promise<Organization[]> {
	const { send, forEachConcurrently } = context;
	const found = new Map<string, ClerkRecord>();
	await forEachConcurrently(chunks(ids, MAX_FILTER_VALUES), async (chunk) => {
		const rows = readAll(send, ORGANIZATIONS, orderedPaging, { user_id: chunk });
		for (const row of await rows.catch(noneIfTurnedOff)) found.set(String(row.id), row);
	});
	if (found.size === 0) return [];
	const roles = await readAdminRoles(send);
	const organizations: Organization[] = [];
	await forEachConcurrently([...found.values()], async ({ id, name }) => {
		const admins = await readAdmins(send, String(id), roles);
		organizations.push({ id: String(id), name: String(name), admins });
	});
	return organizations;
}

/**
 * Removes locked users from the admins of the organizations: a membership shows bans, but no locks.
 *
 * @param known - users whose records were read before, by ID; they are not read again
 * @throws RequestError, CancelledError
 */
export async function removeLockedAdmins(
	organizations: Organization[],
	known: { has(id: string): boolean },
	{ send, forEachConcurrently }: ReadContext,
): Promise<void> {
	const ids = new Set(organizations.flatMap(({ admins }) => [...admins]));
	const unread = [...ids].filter((id) => !known.has(id));
	await forEachConcurrently(chunks(unread, MAX_FILTER_VALUES), async (chunk) => {
		const query = { user_id: chunk.map((id) => `+${id}`), limit: MAX_FILTER_VALUES };
		const rows = await readUsersPage(send, '/users', usersPaging, query);
		const locked = rows.filter((user) => user.locked === true).map(({ id }) => String(id));
		for (const { admins } of organizations) for (const id of locked) admins.delete(id);
	});
}

const readPage = async (query: Record<string, number | string[]>, send: Send) =>
	normalizeListResponse(
		await send({ method: 'GET', path: ORGANIZATIONS, query }).catch(noneIfTurnedOff),
	);

/** Whether the error says that organizations are turned off for the instance. */
export const areTurnedOff = (error: unknown): boolean => hasCode(error, TURNED_OFF);

/**
 * Returns no rows if the error says that organizations are turned off for the instance.
 *
 * @throws the error if it says anything else
 */
export function noneIfTurnedOff(error: unknown): ClerkRecord[] {
	if (areTurnedOff(error)) return [];
	throw error as Error;
}
