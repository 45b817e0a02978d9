import { defineOperation, one } from '../../engine/operation';
import { messageTemplate as template } from '../../fields/messageTemplate';
import { messageTemplate } from '../../views/messageTemplate';

export const get = defineOperation({
	name: 'Get (Deprecated)',
	value: 'get',
	action: 'Get message template',
	description: 'Get one email or SMS template. Deprecated by Clerk: use the Dashboard.',
	request: 'GET /templates/{template_type}/{slug}',
	path: template,
	returns: one(messageTemplate, { ifNotFound: true }),
});
