import { defineOperation, one } from '../../engine/operation';
import { svixUrl } from '../../views/svix';

export const createDashboardUrl = defineOperation({
	name: 'Create Dashboard URL',
	value: 'createDashboardUrl',
	action: 'Create dashboard URL of Svix app',
	description: 'Get a short-lived link to the dashboard where webhooks are set up',
	request: 'POST /webhooks/svix_url',
	notice:
		'The output holds a link that signs anyone who has it in to the dashboard of your webhooks.',
	returns: one(svixUrl),
});
