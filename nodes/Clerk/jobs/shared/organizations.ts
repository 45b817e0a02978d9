import { errorsOf, RequestError } from '../../engine/http/outcome';
import { normalizeListResponse } from '../../engine/http/pagination';
import type { ClerkRecord, OperationContext, Send } from '../../engine/operation';
import { chunks } from '../../engine/operation/json';
import { fillPath } from '../../engine/request/buildRequest';
import { MAX_FILTER_VALUES } from '../../engine/request/longLists';
import { dataPaging } from '../../fields/paging';
import { readAdminRoles, readAdmins } from './admins';
import { readAll } from './readAll';

/** Which organizations users belong to, asked for a hundred users a call. */

type Asking = Pick<OperationContext, 'send' | 'forEachConcurrently'>;

const ORGANIZATIONS = '/organizations';

export interface Organization {
	id: string;
	name: string;
	/** The ids of those who run it. */
	admins: Set<string>;
}

/** The filter that leaves out the members of every organization; empty where there are more than it can name. */
export async function outsideOfAll(send: Send): Promise<string[]> {
	const { rows, total = rows.length } = await readSome({ limit: MAX_FILTER_VALUES }, send);
	return total <= rows.length ? rows.map(({ id }) => `-${String(id)}`) : [];
}

/** Which of the users are members of any organization; one by one only where some of a hundred are. */
export async function membersAmong(ids: string[], tools: Asking): Promise<Set<string>> {
	const { send, forEachConcurrently } = tools;
	const suspects: string[] = [];
	await forEachConcurrently(chunks(ids, MAX_FILTER_VALUES), async (some) => {
		const { rows } = await readSome({ user_id: some, limit: 1 }, send);
		if (rows.length > 0) suspects.push(...some);
	});
	const members = new Set<string>();
	await forEachConcurrently(suspects, async (id) => {
		const path = fillPath('/users/{id}/organization_memberships', { id });
		const { rows } = normalizeListResponse(
			await send({ method: 'GET', path, query: { limit: 1 } }),
		);
		if (rows.length > 0) members.add(id);
	});
	return members;
}

/** The organizations of the users, with all who run them. */
export async function readOrganizationsOf(ids: string[], tools: Asking): Promise<Organization[]> {
	const { send, forEachConcurrently } = tools;
	const found = new Map<string, ClerkRecord>();
	await forEachConcurrently(chunks(ids, MAX_FILTER_VALUES), async (some) => {
		const read = readAll(send, ORGANIZATIONS, dataPaging, { user_id: some });
		for (const row of await read.catch(noneIfOff)) found.set(String(row.id), row);
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
 * Takes those who are locked from the admins: no membership shows it.
 *
 * @param known - those whose records were read anyway, by ID
 */
export async function leaveOutLocked(
	organizations: Organization[],
	known: { has(id: string): boolean },
	{ send, forEachConcurrently }: Asking,
): Promise<void> {
	const ids = new Set(organizations.flatMap(({ admins }) => [...admins]));
	const asked = [...ids].filter((id) => !known.has(id));
	await forEachConcurrently(chunks(asked, MAX_FILTER_VALUES), async (some) => {
		const query = { user_id: some.map((id) => `+${id}`), limit: MAX_FILTER_VALUES };
		const { rows } = normalizeListResponse(await send({ method: 'GET', path: '/users', query }));
		const locked = rows.filter((user) => user.locked === true).map(({ id }) => String(id));
		for (const { admins } of organizations) for (const id of locked) admins.delete(id);
	});
}

const readSome = async (query: Record<string, number | string[]>, send: Send) =>
	normalizeListResponse(await send({ method: 'GET', path: ORGANIZATIONS, query }).catch(noneIfOff));

/** An instance in which organizations are turned off has none; no other refusal says so. */
export function noneIfOff(error: unknown): ClerkRecord[] {
	const { failure } = error instanceof RequestError ? error : { failure: undefined };
	const codes = failure?.kind === 'response' ? errorsOf(failure.body).map(({ code }) => code) : [];
	if (codes.includes('organization_not_enabled_in_instance')) return [];
	throw error as Error;
}
