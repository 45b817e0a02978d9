import { view } from '../engine/operation/view';

/** An e-mail or SMS of Clerk's. */
export const messageTemplate = view('messageTemplates', [
	'id',
	'object',
	'slug',
	'name',
	'templateType',
	'resourceType',
	'subject',
	'body',
	'markup',
	'fromEmailName',
	'replyToEmailName',
	'deliveredByClerk',
	'enabled',
	'availableVariables',
	'requiredVariables',
	'position',
	'canRevert',
	'canDelete',
	'canEditBody',
	'canToggle',
	'flaggedAsSuspicious',
	'instanceId',
	'createdAt',
	'updatedAt',
]);

/** With example values in place of its variables. Clerk's document does not say what is in it. */
export const messagePreview = view('messagePreviews', [
	'subject',
	'body',
	'fromEmailAddress',
	'replyToEmailAddress',
]);
