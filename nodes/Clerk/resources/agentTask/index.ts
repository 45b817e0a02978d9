import { defineResource } from '../../engine/operation';
import { create } from './create';
import { revoke } from './revoke';

export const agentTask = defineResource({
	name: 'Agent Task',
	value: 'agentTask',
	description: 'Tasks that an agent carries out while signed in as a user',
	operations: [create, revoke],
});
