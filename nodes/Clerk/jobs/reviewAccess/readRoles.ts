import { isUnavailable } from '../../engine/http/outcome';
import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, Send } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';
import { describeError } from '../../engine/run/errors';
import { orderedPaging } from '../../fields/paging';
import { adminRolesIn, MANAGES_MEMBERS } from '../shared/admins';
import { isDeprovisioned } from '../shared/directories';
import { personOfMember } from '../shared/people';
import { readAll } from '../shared/readAll';
import { elevation } from './review';
import type { Membership, OrganizationKeys, ReviewCriteria } from './review';

/** Reads the roles, and judges members by them. */

/** What is kept of a member. */
export interface Judged {
	/** Only if it is elevated or one of an admin. */
	membership?: Membership;
	/** Clerk shows what the member may do neither in the membership nor in a role. */
	isUnclear: boolean;
}

export type Judge = (record: ClerkRecord, organization: OrganizationKeys) => Judged;

/**
 * Reads the roles, which tell admins from other members. Without them, the role and the permissions
 * that a membership shows tell it.
 */
export async function readJudge(
	criteria: ReviewCriteria,
	send: Send,
	notices: string[],
): Promise<Judge> {
	const roles = await readAll(send, '/organization_roles', orderedPaging).catch(
		(error: unknown) => {
			if (!isUnavailable(error)) throw error as Error;
			notices.push(
				`the roles could not be read, so each member was judged by the membership: ${describeError(error)}`,
			);
			return undefined;
		},
	);
	const permissionsOf = new Map(
		(roles ?? []).map(({ key, permissions }) => [String(key), keysOf(permissions)]),
	);
	if (roles) {
		rejectUnknownRoles(criteria.roles, [...permissionsOf.keys()]);
		const known = new Set([...permissionsOf.values()].flat());
		const idle = criteria.permissions.filter((permission) => !known.has(permission));
		if (idle.length > 0) notices.push(`no role has the permission ${idle.join(', ')}`);
	}
	const adminRoles = adminRolesIn(roles);
	return (record, organization) => {
		const role = String(record.role);
		const ofRole = permissionsOf.get(role);
		const isShown = Array.isArray(record.permissions);
		const permissions = isShown ? keysOf(record.permissions) : (ofRole ?? []);
		const isAdmin = adminRoles.has(role) || permissions.includes(MANAGES_MEMBERS);
		const elevatedBy = elevation(role, permissions, criteria);
		if (!isAdmin && elevatedBy === undefined) return { isUnclear: !isShown && !ofRole };
		const user = toObject(record.public_user_data);
		const membership = {
			id: String(record.id),
			userId: typeof user.user_id === 'string' ? user.user_id : null,
			...personOfMember(user),
			organizationId: organization.id,
			organization: organization.slug,
			role,
			permissions,
			since: Number(record.created_at),
			banned: user.banned === true,
			deprovisioned: isDeprovisioned(user),
			isAdmin,
			elevatedBy,
		};
		return { membership, isUnclear: false };
	};
}

/** Returns the keys of permissions, which are records in a role and text in a membership. */
const keysOf = (permissions: unknown): string[] =>
	(Array.isArray(permissions) ? permissions : []).map((permission: unknown) =>
		String(isObject(permission) ? permission.key : permission),
	);

export const toObject = (value: unknown): ClerkRecord => (isObject(value) ? value : {});

/** A review by a role that does not exist would find no one, as if all were well. @throws InvalidInputError */
function rejectUnknownRoles(roles: readonly string[], known: string[]): void {
	const unknown = roles.filter((role) => !known.includes(role));
	if (unknown.length === 0) return;
	const what = describeMissing(unknown);
	throw new InvalidInputError('Roles', `${what}. Use one of: ${known.sort().join(', ')}`);
}

/** Returns `"a", "b" do not exist`. */
export const describeMissing = (names: string[]): string =>
	`${names.map((name) => `"${name}"`).join(', ')} ${names.length === 1 ? 'does' : 'do'} not exist`;
