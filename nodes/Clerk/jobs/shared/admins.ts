import { errorsOf, RequestError } from '../../engine/http/outcome';
import type { ClerkRecord, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { orderedPaging } from '../../fields/paging';
import { readAll } from './readAll';

/**
 * Admins: members who can manage the other members of an organization. Jobs leave every organization
 * at least one, because without any its members cannot appoint another.
 */

/** A default role of every instance (https://clerk.com/docs/guides/organizations/control-access/roles-and-permissions). */
const ADMIN = 'org:admin';

/** The permission to manage the members of an organization. */
export const MANAGES_MEMBERS = 'org:sys_memberships:manage';

/**
 * Returns the keys of the roles that may manage members.
 *
 * @param roles - as Clerk lists them; empty if the plan has no custom roles
 */
export function adminRolesIn(roles: ClerkRecord[] = []): Set<string> {
	const keys = roles
		.filter(({ permissions }) => ((permissions ?? []) as unknown[]).some(managesMembers))
		.map(({ key }) => String(key));
	return new Set([ADMIN, ...keys]);
}

/** @param permission - a record, or its key alone */
const managesMembers = (permission: unknown): boolean =>
	permission === MANAGES_MEMBERS || (permission as ClerkRecord | null)?.key === MANAGES_MEMBERS;

/**
 * Returns the roles of the instance; undefined if Clerk says that its plan has no custom roles.
 *
 * @throws RequestError for any other failure: without the roles, no admin can be told from a member
 */
export const readRoles = async (send: Send): Promise<ClerkRecord[] | undefined> =>
	await readAll(send, '/organization_roles', orderedPaging).catch((error: unknown) => {
		if (isNotInPlan(error)) return undefined;
		throw error as Error;
	});

/** Whether Clerk responded with 402; a proxy's 402 has no errors of Clerk's. */
const isNotInPlan = (error: unknown): boolean =>
	error instanceof RequestError &&
	error.failure.kind === 'response' &&
	error.failure.status === 402 &&
	errorsOf(error.failure.body).length > 0;

/** Returns the keys of the instance's roles that may manage members. @throws RequestError */
export const readAdminRoles = async (send: Send): Promise<Set<string>> =>
	adminRolesIn(await readRoles(send));

/** Returns the IDs of an organization's admins, without banned and deprovisioned users. @throws RequestError */
export async function readAdmins(
	send: Send,
	organizationId: string,
	adminRoles: ReadonlySet<string>,
): Promise<Set<string>> {
	const path = fillPath('/organizations/{id}/memberships', { id: organizationId });
	const memberships = await readAll(send, path, orderedPaging, { role: [...adminRoles] });
	const ids = memberships
		.filter(({ role }) => adminRoles.has(String(role)))
		.map(({ public_user_data: user }) => (user ?? {}) as ClerkRecord)
		.filter(({ banned, deprovisioned }) => banned !== true && deprovisioned !== true)
		.map(({ user_id: id }) => id)
		// A membership can be without a user, who then manages no one.
		.filter((id) => typeof id === 'string');
	return new Set(ids);
}

/**
 * Whether an organization that has admins would have none.
 *
 * @param leaving - IDs of users who leave it, or lose an admin role
 * @param coming - IDs of users who get an admin role
 */
export function losesLastAdmin(
	admins: ReadonlySet<string>,
	leaving: Iterable<string>,
	coming: Iterable<string> = [],
): boolean {
	const remaining = new Set(admins);
	for (const id of leaving) remaining.delete(id);
	for (const id of coming) remaining.add(id);
	return admins.size > 0 && remaining.size === 0;
}
