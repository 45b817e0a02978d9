import { readAnswer } from '../../engine/paging';
import { fillPath } from '../../engine/request';
import { byId, textMode } from './modes';
import type { Locator } from '../../engine/operation';

const PAGE = 50;

export const organization: Locator = {
	noun: 'organization',
	displayName: 'Organization',
	parameter: 'organizationId',
	idMode: byId('org_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	search: {
		method: 'searchOrganizations',
		title: 'organizations',
		async run({ filter, page, fetch }) {
			const offset = Number(page ?? 0);
			const query = { limit: PAGE, offset, ...(filter && { query: filter }) };
			const { rows } = readAnswer(await fetch({ method: 'GET', path: '/organizations', query }));
			return {
				results: rows.map(({ id, name, slug }) => ({
					name: slug ? `${String(name)} (${String(slug)})` : String(name),
					value: String(id),
				})),
				paginationToken: rows.length === PAGE ? String(offset + PAGE) : undefined,
			};
		},
	},
	finders: [
		{
			mode: textMode('slug', 'By Slug', 'e.g. acme-corp'),
			batch: 1,
			described: 'slug',
			request: ([slug]) => ({
				method: 'GET',
				path: fillPath('/organizations/{slug}', { slug }),
			}),
			matches: ({ slug }, value) => slug === value,
		},
	],
};
