import type { ClerkRecord } from '../engine/operation';
import { derived, view } from '../engine/operation/view';

/** A field from the object `part` of the invitation; null if a route leaves that object out. */
const inner = (name: string, part: string, field: string) =>
	derived(name, (invitation) => (invitation[part] as ClerkRecord | null | undefined)?.[field]);

export const organizationInvitation = view('organizationInvitations', [
	'id',
	'emailAddress',
	'status',
	'role',
	'roleName',
	derived(
		'organizationId',
		({ organization_id, public_organization_data }) =>
			organization_id ?? (public_organization_data as ClerkRecord | null | undefined)?.id,
	),
	inner('organizationName', 'public_organization_data', 'name'),
	inner('organizationSlug', 'public_organization_data', 'slug'),
	derived(
		'inviterUserId',
		({ public_inviter_data, inviter_id }) =>
			(public_inviter_data as ClerkRecord | null | undefined)?.user_id ?? inviter_id,
	),
	inner('inviterIdentifier', 'public_inviter_data', 'identifier'),
	inner('inviterFirstName', 'public_inviter_data', 'first_name'),
	inner('inviterLastName', 'public_inviter_data', 'last_name'),
	'url',
	'expiresAt',
	'createdAt',
	'updatedAt',
	'publicMetadata',
	'privateMetadata',
]);
