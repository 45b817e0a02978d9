import { view } from '../engine/views';

export const organization = view('organizations', [
	'id',
	'name',
	'slug',
	'imageUrl',
	'hasImage',
	'membersCount',
	'pendingInvitationsCount',
	'maxAllowedMemberships',
	'adminDeleteEnabled',
	'createdBy',
	'createdAt',
	'updatedAt',
	'publicMetadata',
	'privateMetadata',
]);
