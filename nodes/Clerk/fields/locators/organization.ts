import type { Locator } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import { isRecordId } from '../ids';
import { labelled, listed } from './listed';
import { byId, textMode } from './modes';

/** An ID is none, so that one of another record is said to be that. */
const isSlug = (text: string): boolean => /^[a-z\d_-]+$/i.test(text) && !isRecordId(text);

export const organization: Locator = {
	...listed({
		noun: 'organization',
		displayName: 'Organization',
		description: 'The organization, from the list or by ID or slug',
		parameter: 'organizationId',
		...byId('org_2NNEqL2nrIRd…'),
		method: 'searchOrganizations',
		title: 'organizations',
		path: '/organizations',
		searchedBy: 'query',
		label: ({ name, slug }) => labelled(name, slug),
	}),
	record: { path: '/organizations/{id}', label: ({ name, slug }) => labelled(name, slug) },
	finders: [
		{
			mode: textMode('slug', 'By Slug', 'e.g. acme-corp'),
			kind: 'slug',
			recognizes: isSlug,
			batch: 1,
			criterion: 'slug',
			request: ([slug]) => ({
				method: 'GET',
				path: fillPath('/organizations/{slug}', { slug }),
			}),
			matches: ({ slug }, value) => slug === value,
		},
	],
};
