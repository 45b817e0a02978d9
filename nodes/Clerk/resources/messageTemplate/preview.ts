import { defineOperation, one } from '../../engine/operation';
import { messageContent, messageTemplate } from '../../fields/messageTemplate';
import { messagePreview } from '../../views/messageTemplate';

export const preview = defineOperation({
	name: 'Preview (Deprecated)',
	value: 'preview',
	action: 'Preview message template',
	description:
		'Deprecated by Clerk: use the Dashboard. Shows a changed template without saving it.',
	request: 'POST /templates/{template_type}/{slug}/preview',
	path: messageTemplate,
	body: messageContent,
	returns: one(messagePreview),
});
