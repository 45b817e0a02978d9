import { labelled, listed } from './listed';
import { byId } from './modes';

/** Clerk's search finds parts of names and whole client IDs. */
export const oauthApplication = listed({
	noun: 'OAuth application',
	displayName: 'OAuth Application',
	parameter: 'oauthApplicationId',
	...byId('oa_2NNEqL2nrIRd…'),
	method: 'searchOAuthApplications',
	title: 'OAuth applications',
	path: '/oauth_applications',
	searchedBy: 'name_query',
	label: ({ name, client_id }) => labelled(name, client_id),
});
