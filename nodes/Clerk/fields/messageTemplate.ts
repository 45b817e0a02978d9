import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields that identify a message template, and its content. */

export const templateType: Field = {
	displayName: 'Template Type',
	name: 'templateType',
	type: 'options',
	required: true,
	options: [
		{ name: 'Email', value: 'email' },
		{ name: 'SMS', value: 'sms' },
	],
	default: 'email',
	description: 'Whether it is about emails or text messages',
};

export const messageTemplate: Field[] = [
	templateType,
	locate('messageTemplate', {
		required: true,
		description: 'The email or text message that Clerk sends',
	}),
];

/** Fields of a preview. */
export const messageContent: Field[] = [
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		templates: true,
		description:
			'The text of the message. Keep the field on Fixed, so that variables such as {{otp_code}} reach Clerk as they are.',
	},
	{
		displayName: 'From Email Name',
		name: 'fromEmailName',
		type: 'string',
		default: '',
		placeholder: 'e.g. hello',
		description: 'The part before the @ of the sender; emails only',
	},
	{
		displayName: 'Reply-To Email Name',
		name: 'replyToEmailName',
		type: 'string',
		default: '',
		placeholder: 'e.g. support',
		description: 'The part before the @ of the address for replies; emails only',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		nullable: true,
		templates: true,
		description: 'The subject; emails only',
	},
];

export const deliveredByClerk: Field = {
	displayName: 'Delivered by Clerk',
	name: 'deliveredByClerk',
	type: 'boolean',
	default: true,
	description:
		'Whether Clerk delivers these messages; if not, your application does, on email.created and sms.created',
};
