import { view } from '../engine/operation/view';

export const session = view('sessions', [
	'id',
	'userId',
	'clientId',
	'status',
	'lastActiveAt',
	'lastActiveOrganizationId',
	'expireAt',
	'abandonAt',
	'createdAt',
	'updatedAt',
]);
