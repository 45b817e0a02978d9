import { view } from '../engine/operation/view';

/** A template of Clerk's emails or SMS. */
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

/** A template with example values in place of its variables. Clerk does not document its fields. */
export const messagePreview = view('messagePreviews', [
	'subject',
	'body',
	'fromEmailAddress',
	'replyToEmailAddress',
]);
