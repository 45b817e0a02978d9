import { defineOperation, one } from '../../engine/operation';
import { svixUrl } from '../../views/svix';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create Svix app',
	description: 'Turn on webhooks for the instance, and get a link to the webhook dashboard',
	request: 'POST /webhooks/svix',
	notice: 'The output contains a link that gives anyone access to the dashboard of your webhooks.',
	returns: one(svixUrl),
});
