import { defineResource } from '../../engine/operation';
import { create } from './create';
import { revoke } from './revoke';

export const actorToken = defineResource({
	name: 'Actor Token',
	value: 'actorToken',
	description: 'Links that sign one user in as another (impersonation)',
	operations: [create, revoke],
});
