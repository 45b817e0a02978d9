import { errorsOf, RequestError } from '../../engine/http/outcome';
import type { ClerkRecord, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { dataPaging } from '../../fields/paging';
import { readAll } from './readAll';

/**
 * Who runs an organization. One that nobody runs can be helped from outside only, so the jobs leave
 * each organization somebody who can manage its members.
 */

/** Every instance starts with it, and its key cannot be given to another role. */
const ADMIN = 'org:admin';

const MANAGES_MEMBERS = 'org:sys_memberships:manage';

/** The keys of the roles that make an admin. @param roles - as Clerk lists them; none where the plan has none of its own */
export function adminRolesIn(roles: ClerkRecord[] = []): Set<string> {
	const keys = roles
		.filter(({ permissions }) => ((permissions ?? []) as unknown[]).some(managesMembers))
		.map(({ key }) => String(key));
	return new Set([ADMIN, ...keys]);
}

/** A permission stands whole in its role, or as its key alone. */
const managesMembers = (permission: unknown): boolean =>
	permission === MANAGES_MEMBERS || (permission as ClerkRecord | null)?.key === MANAGES_MEMBERS;

/**
 * The roles of the instance; undefined where Clerk says that its plan has none of its own.
 *
 * @throws RequestError for any other refusal: nobody would know who runs an organization
 */
export async function readRoles(send: Send): Promise<ClerkRecord[] | undefined> {
	return await readAll(send, '/organization_roles', dataPaging).catch((error: unknown) => {
		const { failure } = error instanceof RequestError ? error : { failure: undefined };
		const isAnswered = failure?.kind === 'response' && failure.status === 402;
		if (isAnswered && errorsOf(failure.body).length > 0) return undefined;
		throw error as Error;
	});
}

/** The keys of the roles that may manage an organization. @throws RequestError */
export const readAdminRoles = async (send: Send): Promise<Set<string>> =>
	adminRolesIn(await readRoles(send));

/** The ids of the users who run an organization; who is banned cannot. */
export async function readAdmins(
	send: Send,
	organizationId: string,
	adminRoles: ReadonlySet<string>,
): Promise<Set<string>> {
	const path = fillPath('/organizations/{id}/memberships', { id: organizationId });
	return adminsAmong(await readAll(send, path, dataPaging, { role: [...adminRoles] }), adminRoles);
}

/** The same of memberships that were read anyway. */
export function adminsAmong(
	memberships: ClerkRecord[],
	adminRoles: ReadonlySet<string>,
): Set<string> {
	const ids = memberships
		.filter(({ role }) => adminRoles.has(String(role)))
		.map(({ public_user_data: user }) => (user ?? {}) as ClerkRecord)
		.filter(({ banned, deprovisioned }) => banned !== true && deprovisioned !== true)
		.map(({ user_id: id }) => String(id));
	return new Set(ids);
}

/**
 * Whether an organization is run by nobody any more once some have left it, or its admins' roles,
 * and others have come. One that nobody ran before is not made worse.
 */
export function losesLastAdmin(
	admins: ReadonlySet<string>,
	leaving: Iterable<string>,
	coming: Iterable<string> = [],
): boolean {
	const left = new Set(admins);
	for (const id of leaving) left.delete(id);
	for (const id of coming) left.add(id);
	return admins.size > 0 && left.size === 0;
}
