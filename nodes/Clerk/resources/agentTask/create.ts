import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { sessionMaxDurationInSeconds } from '../../fields/signIn';
import { agentTask } from '../../views/signIn';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create agent task',
	description: 'Create a link that signs an agent in as a user, to carry out a task for them',
	request: 'POST /agents/tasks',
	body: [
		locate('user', {
			as: 'onBehalfOfUserId',
			wire: 'on_behalf_of.user_id',
			required: true,
			description: 'The user on whose behalf the agent acts',
		}),
		{
			displayName: 'Agent Name',
			name: 'agentName',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Invoice Agent',
			description:
				"The agent's name, for the audit log. The same name always gets the same agent ID.",
		},
		{
			displayName: 'Task Description',
			name: 'taskDescription',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Download the invoices of May',
			description: 'What the agent is going to do, for the audit log',
		},
		{
			displayName: 'Redirect URL',
			name: 'redirectUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://app.example.com/invoices',
			description:
				'Where the link leads once it is accepted: a full URL on a domain of your instance, in production with https://',
		},
		{
			displayName: 'Permissions',
			name: 'permissions',
			type: 'options',
			required: true,
			options: [{ name: 'All', value: '*' }],
			default: '*',
			description:
				'What the agent can do: everything the user can. Clerk accepts nothing else yet.',
		},
		sessionMaxDurationInSeconds,
	],
	omitted: {
		'on_behalf_of.identifier':
			'stands in place of the user ID, which the form finds by email address, username and external ID',
	},
	returns: one(agentTask),
});
