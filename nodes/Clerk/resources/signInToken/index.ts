import { defineResource } from '../../engine/operation';
import { create } from './create';
import { revoke } from './revoke';

export const signInToken = defineResource({
	name: 'Sign-in Token',
	value: 'signInToken',
	description: 'Links that sign a user in once, without a password',
	operations: [create, revoke],
});
