import type { Locator } from '../../engine/operation';
import { readAnswer } from '../../engine/paging';
import { contains, textMode } from './modes';

const PAGE = 50;

/** A JWT template where Clerk's API asks for its name in place of its ID. */
export const jwtTemplateName: Locator = {
	noun: 'JWT template',
	displayName: 'JWT Template',
	parameter: 'templateName',
	idMode: textMode('id', 'By Name', 'e.g. supabase'),
	search: {
		method: 'searchJwtTemplateNames',
		title: 'JWT templates',
		async run({ filter, page, fetch }) {
			const offset = Number(page ?? 0);
			const query = { paginated: true, limit: PAGE, offset };
			const { rows } = readAnswer(await fetch({ method: 'GET', path: '/jwt_templates', query }));
			const results = rows.map(({ name }) => ({ name: String(name), value: String(name) }));
			return {
				results: results.filter(({ name }) => contains(name, filter)),
				paginationToken: rows.length === PAGE ? String(offset + PAGE) : undefined,
			};
		},
	},
};
