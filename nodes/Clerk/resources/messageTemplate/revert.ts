import { defineOperation, one } from '../../engine/operation';
import { messageTemplate as template } from '../../fields/messageTemplate';
import { messageTemplate } from '../../views/messageTemplate';

export const revert = defineOperation({
	name: 'Revert (Deprecated)',
	value: 'revert',
	action: 'Revert message template',
	description:
		"Go back to Clerk's default text. Deprecated by Clerk: use the Dashboard. Needs a paid plan.",
	request: 'POST /templates/{template_type}/{slug}/revert',
	path: template,
	notice: [
		'Permanently deletes your custom text of the template.',
		'This cannot be undone. Dry Run shows whether there is one.',
	],
	destroys: [
		{
			name: 'changedTemplates',
			path: '/templates/{template_type}/{slug}',
			within: 'can_revert',
		},
	],
	returns: one(messageTemplate),
});
