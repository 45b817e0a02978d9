import { defineOperation, one } from '../../engine/operation';
import { svixUrl } from '../../views/svix';

export const createDashboardUrl = defineOperation({
	name: 'Create Dashboard URL',
	value: 'createDashboardUrl',
	action: 'Create dashboard URL of Svix app',
	description: 'Get a short-lived link to the webhook dashboard',
	request: 'POST /webhooks/svix_url',
	notice: 'The output contains a link that gives anyone access to the dashboard of your webhooks.',
	returns: one(svixUrl),
});
