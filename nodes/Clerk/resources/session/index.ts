import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createToken } from './createToken';
import { createTokenFromTemplate } from './createTokenFromTemplate';
import { get } from './get';
import { getAll } from './getAll';
import { refresh } from './refresh';
import { revoke } from './revoke';

export const session = defineResource({
	name: 'Session',
	value: 'session',
	description: 'The sign-ins of users, on each of their devices',
	operations: [create, get, getAll, revoke, createToken, createTokenFromTemplate, refresh],
});
