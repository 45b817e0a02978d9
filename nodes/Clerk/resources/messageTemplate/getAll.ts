import { defineOperation, list } from '../../engine/operation';
import { templateType } from '../../fields/messageTemplate';
import { paginatedPaging } from '../../fields/paging';
import { messageTemplate } from '../../views/messageTemplate';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many message templates',
	description: 'Get the email or the SMS templates. Deprecated by Clerk: use the Dashboard.',
	request: 'GET /templates/{template_type}',
	path: [templateType],
	returns: list(messageTemplate, paginatedPaging),
});
