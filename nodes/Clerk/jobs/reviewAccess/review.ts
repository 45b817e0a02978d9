import type { ClerkRecord } from '../../engine/operation';
import { DAY_MS } from '../shared/inactivity';
import type { Person } from '../shared/people';

/** The data of a review, and its judgement: elevated members, active admins, old invitations. Pure. */

/** What the form asks for. */
export interface ReviewCriteria {
	/** Keys of roles. */
	roles: readonly string[];
	/** Keys of permissions. */
	permissions: readonly string[];
	/** IDs or slugs; all organizations if there are none. */
	organizations: readonly string[];
	/** Invitations that are pending for longer are reported. */
	pendingDays: number;
}

export interface OrganizationKeys {
	id: string;
	slug: string | null;
	name: string;
}

/** A membership that is elevated, or one of an admin. */
export interface Membership extends Person {
	id: string;
	/** Null for a membership without a user. */
	userId: string | null;
	organizationId: string;
	/** Its slug. */
	organization: string | null;
	role: string;
	permissions: string[];
	/** Unix milliseconds; NaN if Clerk does not say. */
	since: number;
	banned: boolean;
	deprovisioned: boolean;
	isAdmin: boolean;
	/** Why it counts as elevated; undefined if it does not. */
	elevatedBy?: string;
}

/** An organization, with the memberships that matter to the review. */
export interface ReviewedOrganization extends OrganizationKeys {
	/** Number of all its members. */
	members: number;
	/** Number of those whose permissions Clerk shows neither in the membership nor in a role. */
	unclear: number;
	memberships: Membership[];
}

export interface PendingInvitation {
	id: string;
	emailAddress: string;
	organizationId: string;
	/** Its slug. */
	organization: string | null;
	role: string;
	/** Unix milliseconds. */
	since: number;
}

export interface ReviewData {
	organizations: ReviewedOrganization[];
	invitations: PendingInvitation[];
	/** Records of the elevated users, by ID; without those that are gone. */
	users: Map<string, ClerkRecord>;
	/** Valid API keys of the elevated users, by their user's ID. */
	apiKeys: Map<string, ClerkRecord[]>;
	/** What could not be looked at, as parts of a sentence. */
	notices: string[];
}

/** Returns why a member counts as elevated; undefined for all others. */
export function elevation(
	role: string,
	permissions: readonly string[],
	{ roles, permissions: chosen }: ReviewCriteria,
): string | undefined {
	if (roles.includes(role)) return `has the role ${role}`;
	const held = chosen.filter((permission) => permissions.includes(permission));
	if (held.length === 0) return undefined;
	const noun = held.length === 1 ? 'permission' : 'permissions';
	return `has the ${noun} ${held.join(', ')} by the role ${role}`;
}

/** Returns the admins of an organization who can sign in. */
export const activeAdmins = ({ memberships }: ReviewedOrganization): Membership[] =>
	memberships.filter(({ isAdmin, banned, deprovisioned }) => isAdmin && !banned && !deprovisioned);

/** Returns all elevated memberships. */
export const elevatedIn = (organizations: ReviewedOrganization[]): Membership[] =>
	organizations.flatMap(({ memberships }) =>
		memberships.filter(({ elevatedBy }) => elevatedBy !== undefined),
	);

/** Whether an invitation has been pending for more than this number of days. */
export const isOverdue = ({ since }: PendingInvitation, days: number, now: number): boolean =>
	now - since > days * DAY_MS;
