import { defineOperation, one } from '../../engine/operation';
import { messageContent, messageTemplate } from '../../fields/messageTemplate';
import { messagePreview } from '../../views/messageTemplate';

export const preview = defineOperation({
	name: 'Preview (Deprecated)',
	value: 'preview',
	action: 'Preview message template',
	description:
		'See what a changed template would look like, without saving it. Deprecated by Clerk: use the Dashboard.',
	request: 'POST /templates/{template_type}/{slug}/preview',
	path: messageTemplate,
	body: messageContent,
	returns: one(messagePreview),
});
