import { labelled, listed } from './listed';
import { textMode } from './modes';

/** A template of Clerk's emails or SMS; the form has the kind beside it. */
export const messageTemplate = listed({
	noun: 'message template',
	displayName: 'Message Template',
	parameter: 'slug',
	idMode: textMode('slug', 'By Slug', 'e.g. verification_code'),
	method: 'searchMessageTemplates',
	title: 'message templates',
	path: '/templates/{template_type}',
	within: { template_type: 'templateType' },
	query: { paginated: true },
	label: ({ name, slug }) => labelled(name, slug),
	value: ({ slug }) => slug,
});
