import type { Locator } from '../../engine/operation';
import { listed } from './listed';
import { byId, textMode } from './modes';
import { organization } from './organization';
import { user } from './user';

/** The subject of a key: the list offers organizations and users; others are given by ID. */
export const subject: Locator = {
	noun: 'subject',
	displayName: 'Subject',
	parameter: 'subject',
	idMode: textMode('id', 'By ID', 'e.g. user_2NNEqL2nrIRd…'),
	search: {
		method: 'searchSubjects',
		title: 'organizations and users',
		async run({ page, ...query }) {
			const [found, organizations] = await Promise.all([
				user.search!.run({ ...query, page }),
				// Only users are paged; the first page of organizations comes with their first page.
				page ? undefined : organization.search!.run(query),
			]);
			return { ...found, results: [...(organizations?.results ?? []), ...found.results] };
		},
	},
};

/** Clerk lists the API keys of one subject at a time, so the form has a Subject beside the key. */
export const apiKey = listed({
	noun: 'API key',
	displayName: 'API Key',
	parameter: 'apiKeyId',
	...byId('ak_3beecc9c60adb5f9b850e91a8ee1e992'),
	method: 'searchApiKeys',
	title: "the subject's API keys",
	path: '/api_keys',
	within: { subject: 'subject' },
	query: { subject: '{subject}', include_invalid: true },
	searchedBy: 'query',
	label: ({ name, revoked, expired }) =>
		`${String(name)}${revoked ? ' (revoked)' : expired ? ' (expired)' : ''}`,
});
