import { defineResource } from '../../engine/operation';
import { get } from './get';
import { getAll } from './getAll';
import { revoke } from './revoke';

export const session = defineResource({
	name: 'Session',
	value: 'session',
	description: 'The sign-ins of users, on each of their devices',
	operations: [get, getAll, revoke],
});
