import { defineResource } from '../../engine/operation';
import { create } from './create';
import { revoke } from './revoke';

export const actorToken = defineResource({
	name: 'Actor Token',
	value: 'actorToken',
	description: 'Links with which one user signs in as another (impersonation)',
	operations: [create, revoke],
});
