import { defineOperation, one } from '../../engine/operation';
import { deliveredByClerk, messageTemplate as template } from '../../fields/messageTemplate';
import { messageTemplate } from '../../views/messageTemplate';

export const toggleDelivery = defineOperation({
	name: 'Toggle Delivery (Deprecated)',
	value: 'toggleDelivery',
	action: 'Toggle delivery of message template',
	description:
		'Deprecated by Clerk: use the Dashboard. Sets whether Clerk or you deliver a message.',
	request: 'POST /templates/{template_type}/{slug}/toggle_delivery',
	path: template,
	body: [{ ...deliveredByClerk, section: 'form' }],
	returns: one(messageTemplate),
});
