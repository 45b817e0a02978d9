import type { ClerkRecord } from '../engine/operation';
import { derived, view } from '../engine/operation/view';

/** A field from the object `part` of the membership. */
const inner = (name: string, part: string, field: string) =>
	derived(name, (membership) => (membership[part] as ClerkRecord | null | undefined)?.[field]);

/** A membership with its user, organization and role on one level. */
export const organizationMembership = view('organizationMemberships', [
	'id',
	inner('userId', 'public_user_data', 'user_id'),
	inner('identifier', 'public_user_data', 'identifier'),
	inner('username', 'public_user_data', 'username'),
	inner('firstName', 'public_user_data', 'first_name'),
	inner('lastName', 'public_user_data', 'last_name'),
	inner('imageUrl', 'public_user_data', 'image_url'),
	inner('banned', 'public_user_data', 'banned'),
	inner('organizationId', 'organization', 'id'),
	inner('organizationName', 'organization', 'name'),
	inner('organizationSlug', 'organization', 'slug'),
	'role',
	'roleName',
	'permissions',
	'createdAt',
	'updatedAt',
	'publicMetadata',
	'privateMetadata',
]);
