import type { ClerkRecord, InvalidInputError } from '../../engine/operation';
import type { Action } from '../shared/actions';
import type { Bounds } from '../shared/guards';
import type { Person } from '../shared/people';

/** The data of a sync: its input, the state of an organization, and the plan. */

export type SyncMatchBy = 'emailAddress' | 'externalId' | 'userId';

/** One item of the input: a member that an organization should have. */
export interface SyncItem {
	/** Its index. */
	item: number;
	/** An ID or a slug. */
	organization: string;
	/** Finds the user, by the field that `SyncOptions.matchBy` names; as in the input. */
	value: string;
	/** A key or a name. */
	role: string;
	publicMetadata?: ClerkRecord;
	privateMetadata?: ClerkRecord;
}

/** The fields that hold for all items. */
export interface SyncOptions extends Pick<
	PlanOptions,
	'otherMembers' | 'marker' | 'revokeInvitations' | 'allowEmptying'
> {
	matchBy: SyncMatchBy;
	matchUnverified: boolean;
	/** IDs or slugs of organizations to sync even if no item names them. */
	organizations: string[];
	inviteMissing: boolean;
	/** Of removals and revoked invitations, for each organization. */
	bounds: Bounds;
}

/** An item that names no organization, role or user. Only a plan goes on without it. */
export interface UnmatchedItem {
	item: number;
	error: InvalidInputError;
	/** Undefined where the error is about an organization of the form. */
	given?: SyncItem;
	/** If it was found. */
	organization?: Pick<OrganizationState, 'id' | 'slug'>;
}

export interface Member extends Person {
	userId: string;
	/** The email address or username, in lower case, that Clerk shows of the user; null if it shows none. */
	identifier: string | null;
	role: string;
	/** False for banned and deprovisioned users, who do not count as admins. */
	isActive: boolean;
	/** A directory, and it alone, says what becomes of the user. */
	isDeprovisioned?: boolean;
	publicMetadata: ClerkRecord;
	privateMetadata: ClerkRecord;
	/** Unix milliseconds. */
	since: number;
}

export interface PendingInvitation {
	id: string;
	/** In lower case. */
	emailAddress: string;
	role: string;
	privateMetadata: ClerkRecord;
}

export interface OrganizationState {
	id: string;
	slug: string;
	members: Member[];
	invitations: PendingInvitation[];
}

export interface WantedMember extends Person {
	/** Index of the input item. */
	item: number;
	/** In the spelling that Clerk keeps. */
	value: string;
	/** Undefined for an address that no user has, which is to be invited. */
	userId?: string;
	isActive: boolean;
	role: string;
	/** Merged into the metadata of the membership. */
	publicMetadata?: ClerkRecord;
	privateMetadata?: ClerkRecord;
}

/** Options of the plan for one organization. */
export interface PlanOptions {
	/** What to do with members not in the input. */
	otherMembers: 'remove' | 'removeMarked' | 'keep';
	/** The name of the sync in its marks; only with `removeMarked`. */
	marker: string;
	revokeInvitations: boolean;
	/** Whether an organization without a wanted member may lose all its members. */
	allowEmptying: boolean;
	/** Keys of the roles that make an admin. */
	adminRoles: ReadonlySet<string>;
	/** Returns why a user must not be changed; undefined for users that no directory manages. */
	reasonIfManaged(userId: string): string | undefined;
	/** The same for an address that no user has. */
	reasonIfAddressManaged(address: string): string | undefined;
}

/**
 * Phases run in this order. New admins are appointed before others are removed, so that an organization
 * is never without one. All others are added before members are removed, since a member whose new
 * address is rejected must not lose the membership for it.
 */
export const PHASES = ['appoint', 'grant', 'withdraw'] as const;

export interface SyncAction extends Action {
	organizationId: string;
	phase: (typeof PHASES)[number];
	/** Whether it takes an admin role away. */
	removesAdmin?: boolean;
}

/** Key of the marks in a membership's private metadata: `{ "n8nSync": { "<name of the sync>": true } }`. */
export const MARKER_KEY = 'n8nSync';

export interface OrganizationPlan {
	state: OrganizationState;
	wanted: WantedMember[];
	actions: SyncAction[];
}
