import { defineOperation, one } from '../../engine/operation';
import { deliveredByClerk, messageTemplate as template } from '../../fields/messageTemplate';
import { messageTemplate } from '../../views/messageTemplate';

export const toggleDelivery = defineOperation({
	name: 'Toggle Delivery (Deprecated)',
	value: 'toggleDelivery',
	action: 'Toggle delivery of message template',
	description:
		'Choose whether Clerk delivers a message, or your application does. Deprecated by Clerk: use the Dashboard.',
	request: 'POST /templates/{template_type}/{slug}/toggle_delivery',
	path: template,
	body: [{ ...deliveredByClerk, section: 'form' }],
	returns: one(messageTemplate),
});
