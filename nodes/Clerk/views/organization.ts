import { view } from '../engine/operation/view';

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
