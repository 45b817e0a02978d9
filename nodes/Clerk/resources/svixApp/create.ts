import { defineOperation, one } from '../../engine/operation';
import { svixUrl } from '../../views/svix';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create Svix app',
	description:
		'Turn webhooks on for the instance, and get a link to the dashboard where they are set up',
	request: 'POST /webhooks/svix',
	notice:
		'The output holds a link that signs anyone who has it in to the dashboard of your webhooks.',
	returns: one(svixUrl),
});
