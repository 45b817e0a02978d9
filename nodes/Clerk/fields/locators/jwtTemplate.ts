import { listed } from './listed';
import { byId, textMode } from './modes';

/** A JWT template by its name, for the routes that take the name and not the ID. */
export const jwtTemplateName = listed({
	noun: 'JWT template',
	displayName: 'JWT Template',
	parameter: 'templateName',
	idMode: textMode('name', 'By Name', 'e.g. supabase'),
	method: 'searchJwtTemplateNames',
	title: 'JWT templates',
	path: '/jwt_templates',
	query: { paginated: true },
	label: ({ name }) => String(name),
	value: ({ name }) => name,
});

export const jwtTemplate = listed({
	noun: 'JWT template',
	displayName: 'JWT Template',
	parameter: 'jwtTemplateId',
	...byId('jtmp_2NNEqL2nrIRd…'),
	method: 'searchJwtTemplates',
	title: 'JWT templates',
	path: '/jwt_templates',
	query: { paginated: true },
	label: ({ name }) => String(name),
});
