import { defineOperation, one, orNull } from '../../engine/operation';
import {
	deliveredByClerk,
	messageContent,
	messageTemplate as template,
} from '../../fields/messageTemplate';
import { messageTemplate } from '../../views/messageTemplate';

export const upsert = defineOperation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update message template',
	// n8n's lint rules require this name and description (docs/n8n-notes.md, 41); the notice says the rest.
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	request: 'PUT /templates/{template_type}/{slug}',
	path: template,
	body: [
		...messageContent,
		orNull(deliveredByClerk),
		{
			displayName: 'Markup',
			name: 'markup',
			type: 'string',
			default: '',
			nullable: true,
			templates: true,
			description: "The markup from Clerk's editor that the body was made from",
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'The name of the template in the Dashboard',
		},
	],
	notice: [
		'Deprecated by Clerk: use the Dashboard.',
		"This changes one of Clerk's templates, and needs a paid plan. Revert goes back to Clerk's text.",
	],
	returns: one(messageTemplate),
});
