import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { agentTask } from '../../views/signIn';

export const revoke = defineOperation({
	name: 'Revoke',
	value: 'revoke',
	action: 'Revoke agent task',
	description: 'Revoke an agent task that was not accepted yet, so that its link no longer works',
	request: 'POST /agents/tasks/{agent_task_id}/revoke',
	path: [locate('agentTask', { required: true, description: 'The agent task to revoke' })],
	returns: one(agentTask),
});
