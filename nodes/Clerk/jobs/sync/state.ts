import type { ClerkRecord } from '../../engine/operation';
import type { Action } from '../shared/actions';

/** Who is in an organization, who is wanted in it, and what is to be done. */

export interface Member {
	userId: string;
	role: string;
	/** Who is banned or deprovisioned runs nothing. */
	isActive: boolean;
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

export interface WantedMember {
	/** Which item of the input wants it. */
	item: number;
	/** As the item named the member. */
	value: string;
	/** Absent: nobody has this address yet, and it is to be invited. */
	userId?: string;
	isActive: boolean;
	role: string;
	/** What is merged into the membership's. */
	publicMetadata?: ClerkRecord;
	privateMetadata?: ClerkRecord;
}

export interface Settings {
	/** What becomes of members whom nobody wants. */
	otherMembers: 'remove' | 'removeMarked' | 'keep';
	/** The name under which this sync marks whom it adds; only with `removeMarked`. */
	marker: string;
	revokeInvitations: boolean;
	/** Whether an organization may lose everybody because nobody is wanted in it. */
	allowEmptying: boolean;
	/** Keys of the roles whose holders run an organization. */
	adminRoles: ReadonlySet<string>;
	/** Why nothing may be done about a user; undefined for everybody else. */
	managed(userId: string): string | undefined;
	/** The same about an address that nobody has yet. */
	managedAddress(address: string): string | undefined;
}

/** In this order: who runs an organization is there before others leave, and who leaves makes room. */
export const PHASES = ['appoint', 'take', 'give'] as const;

export interface SyncAction extends Action {
	organizationId: string;
	phase: (typeof PHASES)[number];
	/** It takes the role of an admin away from somebody. */
	takesAdmin?: boolean;
}

/** The key in a membership's private metadata under which syncs mark whom they added, each by its name. */
export const MARKER_KEY = 'n8nSync';

/** What is to be done in an organization. */
export interface Plan {
	state: OrganizationState;
	wanted: WantedMember[];
	actions: SyncAction[];
}
