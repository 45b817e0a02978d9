import { view } from '../engine/operation/view';

/** An invitation to the application, not to an organization. */
export const invitation = view('invitations', [
	'id',
	'emailAddress',
	'status',
	'revoked',
	'url',
	'expiresAt',
	'createdAt',
	'updatedAt',
	'publicMetadata',
]);
