import { view } from '../engine/views';

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
